using System;
using System.Linq;
using ModelGen.Models.Tests.Sequences;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>A warm training step and a warm call on spans allocate nothing, on this thread or any other.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(300)]
    public void AStepAllocatesNothing(int batchSize)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            using Digits digits = new(Device.CpuWith(threads), seed: 1);
            Nothing(Steps(digits, Clusters.Of(300), batchSize, new AdamW { ClipNorm = 1f }));
            Nothing(Steps(digits, Clusters.Of(300), batchSize, new Lamb { Groups = [new("*.bias") { WeightDecay = 0f }] }));
            using Tagger tagger = new(Device.CpuWith(threads), seed: 1);
            Nothing(Steps(tagger, Tagger.Data(new float[300 * 5 * 12], new int[300 * 5], time: 5), batchSize, new Sgd(0.1f, momentum: 0.9f)));
            using Curve curve = new(Device.CpuWith(threads), seed: 1);
            Nothing(Steps(curve, Curve.Data(new float[300], new float[300]), batchSize, new Adam()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(300)]
    public void ACallOnSpansAllocatesNothing(int batchSize)
    {
        using Digits digits = new(seed: 1);
        float[] points = new float[batchSize * 20], scores = new float[batchSize * 5];
        Nothing(() => digits.Predict(points, batchSize, scores));
        using Tagger tagger = new(seed: 1);
        float[] words = new float[batchSize * 9 * 12], tags = new float[batchSize * 9 * 6];
        Nothing(() => tagger.Predict(words, batchSize, 9, tags));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void ACallWithAStateAllocatesNothing(int batchSize)
    {
        using LstmReader model = new(seed: 1);
        LstmReader.State state = model.NewState(batchSize);
        int[] words = new int[batchSize];
        float[] scores = new float[batchSize * 11];
        Nothing(() =>
        {
            model.Predict(state, words, batchSize, time: 1, scores);
            state.Reset();
        });
    }

    [Fact]
    public void BatchesOfChangingSizesAllocateNothing()
    {
        using Digits model = new(seed: 1);
        Dataset data = Clusters.Of(300);
        Batch batch = data.NewBatch(300);
        int[] order = [.. Enumerable.Range(0, 300)];
        Adam adam = new();
        float[] points = new float[300 * 20], scores = new float[300 * 5];
        Nothing(() =>
        {
            foreach (int size in (ReadOnlySpan<int>)[300, 1, 17, 64])
            {
                data.Fill(batch, order.AsSpan(0, size));
                model.Step(data.Entry, batch, adam);
                model.Gradients(data.Entry, batch, accumulate: true);
                model.Predict(points.AsSpan(0, size * 20), size, scores.AsSpan(0, size * 5));
            }
        });
    }

    /// <summary>Single examples meet weights where they lie: a packed copy would be of no use.</summary>
    [Fact]
    public void OneExampleAtATimeNeedsNoSecondCopyOfTheWeights()
    {
        using Mlp model = new(seed: 1);
        float[] pixels = new float[784], scores = new float[10];
        model.Predict(pixels, 1, scores);
        long own = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < 5; call++)
        {
            model.Predict(pixels, 1, scores);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - own, 0, 784 * 128);
    }

    private static Action Steps(Model model, Dataset data, int batchSize, Optimizer optimizer)
    {
        Batch batch = data.NewBatch(batchSize);
        data.Fill(batch, [.. Enumerable.Range(0, batchSize)]);
        return () => model.Step(data.Entry, batch, optimizer);
    }

    /// <summary>The test host's own threads may allocate meanwhile, and the counts jump when a collection begins, but not during every call.</summary>
    private static void Nothing(Action call)
    {
        call();
        call();
        (long Own, long All) least = (long.MaxValue, long.MaxValue);
        for (int round = 0; round < 500 && least != (0, 0); round++)
        {
            (long own, long all) = Allocated(call);
            least = (Math.Min(own, least.Own), Math.Min(all, least.All));
        }

        Assert.Equal((0, 0), least);
    }

    private static (long Own, long All) Allocated(Action call)
    {
        long own = GC.GetAllocatedBytesForCurrentThread(), all = GC.GetTotalAllocatedBytes(precise: true);
        call();
        all = GC.GetTotalAllocatedBytes(precise: true) - all;
        return (GC.GetAllocatedBytesForCurrentThread() - own, all);
    }
}

/// <summary>Tests that nothing else runs beside.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
