using System.Diagnostics;
using ModelGen;

namespace Consumer;

internal static class Timing
{
    private const int Examples = 2_048;

    /// <summary>How long one epoch takes: the median of several, after one that warms up.</summary>
    public static double MedianMilliseconds()
    {
        float[] input = [.. Enumerable.Range(0, Examples * 256).Select(i => i * 31 % 257 / 257f)];
        int[] target = [.. Enumerable.Range(0, Examples).Select(i => i % 10)];
        using var model = new Wide(Device.CpuWith(1), seed: 1);
        double[] epochs = [.. Enumerable.Range(0, 12).Select(_ => Epoch(model, Wide.Data(input, target))).Skip(1).Order()];
        return epochs[epochs.Length / 2];
    }

    private static double Epoch(Wide model, Dataset data)
    {
        long began = Stopwatch.GetTimestamp();
        model.Fit(data, new FitOptions { BatchSize = 64, Progress = null });
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
