using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>The same seed and data give the same bits, whatever runs them.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<string> Models => ["mlp", "digits", "tagger"];

    [Theory]
    [MemberData(nameof(Models))]
    public void ParametersAreTheSameForAnyNumberOfThreadsAndAnyRun(string name)
    {
        uint[] expected = Trained(name, threads: 1);
        foreach (int threads in new[] { 1, 2, 7 })
        {
            Assert.Equal(expected, Trained(name, threads));
        }
    }

    [Fact]
    public async Task InferenceFromEightThreadsGivesTheSameBits()
    {
        using Tagger model = new(Device.CpuWith(2), seed: 8);
        float[] words = [.. Enumerable.Range(0, 40 * 6 * 12).Select(i => MathF.Sin(i))];
        float[][] expected = [.. Enumerable.Range(1, 40).Select(Predict)];
        using Barrier start = new(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (int i = 0; i < 120; i++)
                {
                    int count = 1 + ((i + (thread * 5)) % 40);
                    Assert.Equal(expected[count - 1], Predict(count));
                }
            },
            TaskCreationOptions.LongRunning)));

        float[] Predict(int count)
        {
            float[] tags = new float[count * 6 * 6];
            model.Predict(words.AsSpan(0, count * 6 * 12), count, 6, tags);
            return tags;
        }
    }

    /// <summary>The bits of all parameters after thirty steps, the last of each epoch with a smaller batch.</summary>
    private static uint[] Trained(string name, int threads)
    {
        Device device = Device.CpuWith(threads);
        using Model model = name switch { "mlp" => new Mlp(device, 4), "digits" => new Digits(device, 4), _ => new Tagger(device, 4) };
        Dataset data = name switch { "mlp" => Pictures.First(930), "digits" => Clusters.Of(930), _ => Tags(930) };
        History history = model.Fit(data, new FitOptions { Epochs = 2, BatchSize = 64, Optimizer = new AdamW(1e-2f) { ClipNorm = 0.5f }, Progress = null });
        Assert.Equal(30, history.Steps.Count);
        return [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray()).Select(BitConverter.SingleToUInt32Bits)];
    }

    private static Dataset Tags(int count)
    {
        (float[] points, int[] labels) = Clusters.Points(count * 4, width: 12, classes: 6);
        return Tagger.Data(points, labels, time: 4);
    }
}
