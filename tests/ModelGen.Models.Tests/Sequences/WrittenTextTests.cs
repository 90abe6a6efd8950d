using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TextGenerator;
using Xunit;

namespace ModelGen.Models.Tests.Sequences;

/// <summary>The sample's writer, which reads each word once.</summary>
public sealed class WrittenTextTests
{
    private const string Text = "it was a truth, universally acknowledged, that a single man in possession of a good fortune must be in want of a wife. ";

    [Theory]
    [InlineData(0.8, 40, 7)]
    [InlineData(1.3, 0, 8)]
    [InlineData(0, 0, 9)]
    public void WordByWordIsWhatWholeSequencesGive(double temperature, int topK, ulong seed)
    {
        using WordModel model = new(seed: 42);
        Vocabulary vocabulary = Vocabulary.Build(Text + Text + string.Join(' ', Enumerable.Range(0, WordModel.Words).Select(Name)), WordModel.Words);
        string written = new Writer(model, vocabulary, new Sampler(temperature, topK, seed: seed)).Continue("it was", 40);
        Assert.Equal(Whole(model, vocabulary, new Sampler(temperature, topK, seed: seed), "it was", 40), written);
    }

    /// <summary>All words so far are read again for each that is written.</summary>
    private static string Whole(WordModel model, Vocabulary vocabulary, Sampler sampler, string prompt, int count)
    {
        List<int> words = [.. vocabulary.Encode(prompt)];
        for (int added = 0; added < count; added++)
        {
            float[] scores = new float[words.Count * WordModel.Words];
            model.Predict(words.ToArray(), batch: 1, words.Count, scores);
            Span<float> last = scores.AsSpan((words.Count - 1) * WordModel.Words);
            last[Vocabulary.UnknownId] = float.NegativeInfinity;
            words.Add(sampler.Draw(last));
        }

        return vocabulary.Decode(words.ToArray());
    }

    /// <summary>A word of its own for each number, of letters alone.</summary>
    private static string Name(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('k' + digit - '0')));
}
