using System;
using System.Linq;
using ModelGen.Gpu;
using ModelGen.Models.Tests.Training;
using ModelGen.TestDevices;
using Quickstart;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Models.Tests.OnDevice;

/// <summary>The sample's model on an OpenCL device.</summary>
[Collection(AloneOnDevice.Name)]
public sealed class SampleTests(ITestOutputHelper output)
{
    /// <summary>What losses may differ by after up to a hundred steps: the order of sums is another, and training spreads differences.</summary>
    private const double LossTolerance = 5e-4;

    [OpenClFact]
    public void ATrainingStepStartsAtMostTwelveKernels()
    {
        using ClothingClassifier model = new(OpenClDevice.Device, seed: 42);
        Adam optimizer = new(1e-3f);
        Batch batch = FirstBatch();
        model.Step(ClothingClassifier.Entries.Loss, batch, optimizer);
        GpuAccelerator accelerator = OpenClDevice.Device.Accelerator!;
        long before = accelerator.Launches;
        int compiled = accelerator.Compiled;
        model.Step(ClothingClassifier.Entries.Loss, batch, optimizer);
        long launches = accelerator.Launches - before;
        output.WriteLine($"{OpenClDevice.Device}: {launches} launches");
        Assert.InRange(launches, 1, 12);
        Assert.Equal(compiled, accelerator.Compiled);
    }

    /// <summary>Whatever large device: more tiles or splits of products take other kernels. (With some thousand pictures three products are split, and it is one more.)</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(4096)]
    public void OnEveryCudaDeviceAtMostTwelve(int batch)
    {
        const int Update = 1;
        foreach (int multiprocessors in (int[])[16, 108, 132])
        {
            GpuCapabilities device = GpuCapabilities.Cuda with { Multiprocessors = multiprocessors };
            int launches = GpuRecorder.Record(device, ClothingClassifier.Entries.Loss.TrainOnGpu!, batch).Count + Update;
            Assert.InRange(launches, 2, 12);
        }
    }

    [OpenClFact]
    public void TheFirstHundredLossesAreTheProcessors()
    {
        float[] expected = Losses(Device.Cpu);
        float[] actual = Losses(OpenClDevice.Device);
        Assert.Equal(100, expected.Length);
        output.WriteLine($"{OpenClDevice.Device}: largest difference {expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max()}");
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, LossTolerance));
    }

    [OpenClFact]
    public void TwoRunsAreEqualBitForBit() => Assert.Equal(Losses(OpenClDevice.Device), Losses(OpenClDevice.Device));

    private static float[] Losses(Device device)
    {
        using ClothingClassifier model = new(device, seed: 42);
        History history = model.Fit(Pictures.First(1280, ClothingClassifier.Data), new FitOptions { Epochs = 5, BatchSize = 64, MaxSteps = 100, Optimizer = new Adam(1e-3f), Progress = null });
        return [.. history.Steps.Select(step => step.Loss)];
    }

    private static Batch FirstBatch()
    {
        Dataset data = Pictures.First(64, ClothingClassifier.Data);
        Batch batch = data.NewBatch(64);
        data.Fill(batch, [.. Enumerable.Range(0, 64)]);
        return batch;
    }
}
