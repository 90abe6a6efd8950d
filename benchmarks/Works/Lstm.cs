using ModelGen.Benchmarks.Sides;

namespace ModelGen.Benchmarks.Works;

/// <summary>The network of <c>samples/TextGenerator</c>: a table of 10,000 words, a recurrent layer, and a score for each word that may follow.</summary>
[Model]
public sealed partial class Lstm
{
    /// <summary>The words of a sequence.</summary>
    public const int Time = 100;

    /// <summary>The number of words.</summary>
    public const int Words = 10_000;

    [Embedding(Words, 256)]
    private partial Tensor Embed(Tensor<int> words);

    [Lstm(128)]
    private partial Tensor Read(Tensor x);

    [Dense(Words)]
    private partial Tensor Next(Tensor h);

    /// <summary>Sequences of words.</summary>
    internal static int[] Text(int batch, int seed) => Inputs.Classes(batch * Time, seed, Words);

    [Forward]
    private Tensor Predict([Shape("batch", "time")] Tensor<int> words) => Next(Read(Embed(words)));

    [Loss]
    private Tensor Loss(Tensor predict, [Shape("batch", "time")] Tensor<int> following) => Functional.SoftmaxCrossEntropy(predict, following);
}
