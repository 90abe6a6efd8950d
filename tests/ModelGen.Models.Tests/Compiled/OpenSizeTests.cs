using System;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>A slice of an open dimension that is too short for it is an error, never a read beyond the tensor.</summary>
[OnEveryDevice]
public sealed class OpenSizeTests
{
    [Theory]
    [InlineData("x[.., 4]")]
    [InlineData("x[.., ..5]")]
    [InlineData("x[.., ^5]")]
    [InlineData("Slice(x, 1, 2, 3)")]
    public void ATooShortDimensionIsAnError(string slice)
    {
        using Model model = CompiledModels.Compile($"[Model] public sealed partial class Net {{ [Forward] private Tensor Predict([Shape(\"batch\", \"time\")] Tensor x) => {slice}; }}").Create("Net");
        var predict = model.GetType().GetMethod("Predict", [typeof(float[,])])!;
        Assert.Null(Record.Exception(() => predict.Invoke(model, [new float[2, 5]])));
        Exception? failure = Record.Exception(() => predict.Invoke(model, [new float[2, 4]]))?.GetBaseException();
        Assert.True(failure is ArgumentException, failure?.ToString() ?? "no error");
        Assert.Contains("time", failure!.Message);
    }

    /// <summary>Rows of no numbers have no indices of their own either.</summary>
    [Theory]
    [InlineData("Gather(x, 0, ids)", 3)]
    [InlineData("Scatter(x, 0, ids, x)", 5)]
    public void EmptyRowsAreIndexed(string word, int rows)
    {
        string source = $"[Model] public sealed partial class Net {{ [Forward] private Tensor Predict([Shape(5, \"w\")] Tensor x, [Shape(3, \"w\")] Tensor<int> ids) => {word}; }}";
        CompiledModels models = CompiledModels.Compile(source);
        Assert.Empty(Called.With(models, new float[5, 0], new int[3, 0]));
        Assert.Equal(rows, Called.With(models, new float[5, 1], new int[3, 1]).Length);
    }

    /// <summary>A diagonal of one number stands for any size, as every axis of one element does.</summary>
    [Fact]
    public void ADiagonalOfOneNumberRepeats()
    {
        const string source = "[Model] public sealed partial class Net { [Forward] private Tensor Predict([Shape(2, 3)] Tensor a, [Shape(1, 1)] Tensor b) => Einsum(\"ij,ii->ij\", a, b); }";
        Assert.Equal([10f, 20f, 30f, 40f, 50f, 60f], Called.With(CompiledModels.Compile(source), new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }, new float[,] { { 10 } }));
    }

    /// <summary>Far from 0 the loss is as small as exp(−|x|), not 0.</summary>
    [Fact]
    public void ASmallCrossEntropyKeepsItsDigits()
    {
        const string source = "[Model] public sealed partial class Net { [Forward] private Tensor Predict([Shape(\"batch\")] Tensor x, [Shape(\"batch\")] Tensor y) => BinaryCrossEntropy(x, y); }";
        float loss = Assert.Single(Called.With(CompiledModels.Compile(source), new float[] { 20 }, new float[] { 1 }));
        Assert.Equal(2.0611536e-9f, loss, 1e-14f);
    }

    /// <summary>Where one factor is 0, all others' gradients are 0, also that of an infinite one; the loss itself is NaN.</summary>
    [Fact]
    public void AZeroLeavesNoGradientToAnInfiniteFactor()
    {
        using Model model = CompiledModels.Compile("""
            [Model] public sealed partial class Net
            {
                [Parameter(3, Init = Init.Zeros)] private partial Tensor X { get; }
                [Loss] private Tensor Loss([Shape("batch", 3)] Tensor y) => Prod(X + y[0]);
            }
            """).Create("Net");
        var entry = (Entries.LossEntry)model.Description.Entries[0];
        Dataset data = new(entry, [], [new float[] { 0, float.PositiveInfinity, 2 }]);
        Batch batch = data.NewBatch(1);
        data.Fill(batch, [0]);
        Assert.Throws<NonFiniteException>(() => model.Gradients(entry, batch));
        Assert.Equal([float.PositiveInfinity, 0f, 0f], model.Parameters["X"].Gradient.ToArray());
    }
}
