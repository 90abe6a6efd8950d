using System;
using System.Collections.Generic;
using ModelGen;

namespace TextGenerator;

/// <summary>Writes text with a trained network, word by word.</summary>
internal sealed class Writer(WordModel model, Vocabulary vocabulary, Sampler sampler)
{
    /// <summary>The network reads at most so many words back, as many as it was trained on.</summary>
    private const int MostRead = 100;

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

        float[] scores = new float[MostRead * WordModel.Words];
        for (int added = 0; added < count; added++)
        {
            int time = Math.Min(words.Count, MostRead);
            model.Predict(words.GetRange(words.Count - time, time).ToArray(), batch: 1, time, scores.AsSpan(0, time * WordModel.Words));

            // What is not among the 10,000 words is nothing to write.
            Span<float> last = scores.AsSpan((time - 1) * WordModel.Words, WordModel.Words);
            last[Vocabulary.UnknownId] = float.NegativeInfinity;
            words.Add(sampler.Draw(last));
        }

        return vocabulary.Decode(words.ToArray());
    }
}
