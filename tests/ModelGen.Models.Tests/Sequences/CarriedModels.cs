using static ModelGen.Functional;

namespace ModelGen.Models.Tests.Sequences;

/// <summary>A recurrent network of which both states are carried.</summary>
[Model]
public sealed partial class LstmReader
{
    [Embedding(11, 6)] private partial Tensor Embed(Tensor<int> words);

    [Lstm(5)] private partial (Tensor Output, Tensor Hidden, Tensor Cell) Read(Tensor x, Tensor hidden, Tensor cell);

    [Dense(11)] private partial Tensor Next(Tensor h);

    [State("batch", 5)] private partial Tensor Hidden { get; set; }

    [State("batch", 5)] private partial Tensor Cell { get; set; }

    [Forward]
    private Tensor Predict([Shape("batch", "time")] Tensor<int> words)
    {
        (Tensor read, Hidden, Cell) = Read(Embed(words), Hidden, Cell);
        return Next(read);
    }

    [Loss]
    private static Tensor Loss(Tensor predict, [Shape("batch", "time")] Tensor<int> following) => SoftmaxCrossEntropy(predict, following);
}

/// <summary>Two layers, whose states are one tensor.</summary>
[Model]
public sealed partial class GruReader
{
    [Embedding(11, 6)] private partial Tensor Embed(Tensor<int> words);

    [Gru(4, Layers = 2)] private partial (Tensor Output, Tensor Hidden) Read(Tensor x, Tensor hidden);

    [Dense(11)] private partial Tensor Next(Tensor h);

    [State("batch", 2, 4)] private partial Tensor Hidden { get; set; }

    [Forward]
    private Tensor Predict([Shape("batch", "time")] Tensor<int> words)
    {
        (Tensor read, Hidden) = Read(Embed(words), Hidden);
        return Next(read);
    }

    [Loss]
    private static Tensor Loss(Tensor predict, [Shape("batch", "time")] Tensor<int> following) => SoftmaxCrossEntropy(predict, following);
}

/// <summary>States in every form that C# gives them: in loops, helpers, conditions and compound assignments, and in methods that use some of them.</summary>
[Model]
public sealed partial class Ledger
{
    private const bool Keeps = true;

    [Parameter(4, Init = Init.Ones)] private partial Tensor Scale { get; }

    [State("batch", 4)] private partial Tensor Total { get; set; }

    [State(1)] private partial Tensor Calls { get; set; }

    [State("batch", "2*width")] internal partial Tensor Wide { private get; set; }

    [Forward]
    private Tensor Book([Shape("batch", 4)] Tensor x)
    {
        Tensor before = Total;
        for (int i = 1; i < 4; i++)
        {
            Total = Tanh(Total + (x * Scale * i));
            Total = Halve(Total);
        }

        return before + Note(x);
    }

    [Forward]
    private Tensor Ask([Shape("batch", 4)] Tensor x) => Note(x - Total);

    [Forward]
    private (Tensor Old, Tensor New) Widen([Shape("batch", "width")] Tensor x)
    {
        Tensor old = Wide;
        if (Keeps)
        {
            (Wide, _) = (Concat(1, x, x), x);
            Wide -= 1;
        }

        return (old, Wide);
    }

    [Loss]
    private Tensor Loss([Shape("batch", 4)] Tensor x)
    {
        Tensor first = Book(x);
        Tensor second = Book(first);
        return Mean(second * Total * Calls);
    }

    private Tensor Note(Tensor x)
    {
        Calls += 1;
        return x + (0 * Calls);
    }

    private Tensor Halve(Tensor x)
    {
        Total = x * 0.5;
        return Total;
    }
}
