using System;
using System.Linq;
using System.Reflection;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Words with indices: what does not exist is an error before anything is written, and gradients are the same bits for any number of threads.</summary>
[OnEveryDevice]
public sealed class IndexingTests
{
    [Theory]
    [InlineData("Gather(Table, 1, ids)", 5)]
    [InlineData("Scatter(Table, 1, ids, Table)", 5)]
    [InlineData("IndexSelect(Table, 0, ids[0])", 4)]
    [InlineData("IndexSelect(Table, 0, ids[0, 1..])", 4)]
    [InlineData("OneHot(ids[.., 1], 6)", 6)]
    [InlineData("Rows(ids)", 4)]
    public void AnIndexThatDoesNotExistIsAnErrorBeforeAnythingIsWritten(string expression, int limit)
    {
        using Model model = CompiledModels.Compile($$"""
            [Model] public sealed partial class Net
            {
                [Parameter(4, 5)] private partial Tensor Table { get; }
                [Forward] private Tensor Predict([Shape(4, 3)] Tensor<int> ids) => Sum(Table) + {{expression}};
                private Tensor Rows(Tensor<int> ids)
                {
                    Tensor rows = IndexSelect(Table, 1, ids[0]);
                    for (int i = 0; i < 3; i++) rows = rows + IndexSelect(IndexSelect(Table, 0, ids[.., 2]), 1, ids[0]);
                    return rows;
                }
            }
            """).Create("Net");
        MethodInfo into = model.GetType().GetMethods().Single(method => method.Name == "Predict" && method.ReturnType == typeof(void));
        Action<int[], float[]> predict = Call(model, into);
        float[] y = new float[model.Description.Entries[0].Outputs[0].Dimensions.Aggregate(1, (count, dimension) => count * (int)dimension.Evaluate([], []))];
        int[] ids = new int[12];
        predict(ids, y);
        float[] before = [.. y.Select(_ => 7f)];
        foreach ((int place, int index) in new[] { (11, limit), (5, -1), (0, int.MaxValue) })
        {
            int[] wrong = [.. ids];
            wrong[place] = index;
            float[] untouched = [.. before];
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => predict(wrong, untouched));
            Assert.Contains($"Predict: 'ids' holds {index} at position {place}; its values must lie between 0 and {limit - 1}.", error.Message, StringComparison.Ordinal);
            Assert.Equal(before, untouched);
        }
    }

    [Fact]
    [OnProcessor("It chooses the processor's threads.")]
    public void GradientsAreTheSameBitsForAnyNumberOfThreads()
    {
        CompiledModels compiled = CompiledModels.Compile("""
            [Model] public sealed partial class Net
            {
                [Parameter(301, 37, Init = Init.Uniform)] private partial Tensor Table { get; }
                [Loss] private Tensor Loss([Shape("batch")] Tensor<int> ids, [Shape("batch", 37)] Tensor y, [Shape("batch", 37)] Tensor<int> places) =>
                    Mse(IndexSelect(Table, 0, ids), y) + Mean(Gather(IndexSelect(Table, 0, ids) * y, 1, places));
            }
            """);
        uint[]? expected = null;
        foreach (int threads in new[] { 1, 2, 7 })
        {
            using Model model = compiled.Create("Net", seed: 3, Device.CpuWith(threads));
            new Trial(model, "Loss", [5_000], classes: 37).SameLoss(1e-4);
            uint[] bits = [.. model.Parameters["Table"].Gradient.ToArray().Select(BitConverter.SingleToUInt32Bits)];
            Assert.Equal(expected ??= bits, bits);
        }
    }

    /// <summary>PyTorch's rule: all that came to an index receive its gradient, also those that did not count.</summary>
    [Fact]
    public void OfEqualIndicesTheLastCountsAndAllReceiveTheGradient()
    {
        using Model model = CompiledModels.Compile("""
            [Model] public sealed partial class Net
            {
                [Parameter(3, Init = Init.Ones)] private partial Tensor X { get; }
                [Parameter(4, Init = Init.Uniform)] private partial Tensor Source { get; }
                [Loss] private Tensor Loss([Shape("batch", 4)] Tensor<int> ids, [Shape("batch", 3)] Tensor y) => Sum(Scatter(X, 0, ids[0], Source) * y[0]);
            }
            """).Create("Net", seed: 3);
        Entries.LossEntry entry = (Entries.LossEntry)model.Description.Entries.Single();
        int[] ids = [2, 0, 2, 2];
        float[] y = [10, 20, 30];
        Dataset data = new(entry, [], [ids, y]);
        Batch batch = data.NewBatch(1);
        data.Fill(batch, [0]);
        float[] source = model.Parameters["Source"].Values.ToArray();
        Assert.Equal((source[1] * 10) + 20 + (source[3] * 30), model.Gradients(entry, batch), 1e-4f);
        Assert.Equal([0f, 20f, 0f], model.Parameters["X"].Gradient.ToArray());
        Assert.Equal([30f, 10f, 30f, 30f], model.Parameters["Source"].Gradient.ToArray());
    }

    private static Action<int[], float[]> Call(Model model, MethodInfo method)
    {
        var call = method.CreateDelegate<Into>(model);
        return (ids, y) => call(ids, y);
    }

    private delegate void Into(ReadOnlySpan<int> ids, Span<float> y);
}
