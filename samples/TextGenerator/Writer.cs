using System;
using System.Collections.Generic;
using ModelGen;

namespace TextGenerator;

/// <summary>Writes text with a trained network, word by word.</summary>
internal sealed class Writer(WordModel model, Vocabulary vocabulary, Sampler sampler)
{
    /// <summary>Continues a text.</summary>
    /// <param name="prompt">The text. Words that the vocabulary does not have are left out.</param>
    /// <param name="count">The number of words to add.</param>
    public string Continue(string prompt, int count)
    {
        List<int> words = [.. vocabulary.Encode(prompt)];
        words.RemoveAll(word => word == Vocabulary.UnknownId);
        if (words.Count == 0)
        {
            throw new ArgumentException($"The network knows none of the words of '{prompt}': begin with others, such as 'it was'.");
        }

        // The network reads each word once: the state holds what it remembers of those before.
        WordModel.State state = model.NewState(batch: 1);
        float[] scores = new float[WordModel.Words];
        int read = 0;
        for (int added = 0; added < count; added++)
        {
            for (; read < words.Count; read++)
            {
                model.Predict(state, [words[read]], batch: 1, time: 1, scores);
            }

            // What is not among the 10,000 words is nothing to write.
            scores[Vocabulary.UnknownId] = float.NegativeInfinity;
            words.Add(sampler.Draw(scores));
        }

        return vocabulary.Decode(words.ToArray());
    }
}
