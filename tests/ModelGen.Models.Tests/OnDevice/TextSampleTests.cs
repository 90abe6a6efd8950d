using System;
using System.Linq;
using ModelGen.Models.Tests.Training;
using ModelGen.TestDevices;
using TextGenerator;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Models.Tests.OnDevice;

/// <summary>The network of samples/TextGenerator on an OpenCL device.</summary>
[Collection(AloneOnDevice.Name)]
public sealed class TextSampleTests(ITestOutputHelper output)
{
    private const int Steps = 4;

    [OpenClFact]
    public void TheFirstLossesAreTheProcessors()
    {
        float[] expected = Losses(Device.Cpu);
        float[] actual = Losses(OpenClDevice.Device);
        Assert.Equal(Steps, expected.Length);
        output.WriteLine($"{OpenClDevice.Device}: largest difference {expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max()}");
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    private static float[] Losses(Device device)
    {
        using WordModel model = new(device, seed: 42);
        History history = model.Fit(Novels.First(count: Steps * 32, time: 100), new FitOptions { BatchSize = 32, Optimizer = new Adam(1e-3f), Progress = null });
        return [.. history.Steps.Select(step => step.Loss)];
    }
}
