using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ModelGen.Benchmarks;

/// <summary>The MLP whose training step is compared with the peers'.</summary>
[Model, Input("batch", 784)]
[Dense(128), Relu, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Mlp;

/// <summary>
/// One training step of the MLP 784-128-10, batch 64, Adam, on random data: what <c>benchmarks/peers/torchsharp</c> measures of the peer.
/// Run the two in turns; the ratio is what counts.
/// </summary>
internal static class MlpStep
{
    private const int BatchSize = 64;
    private const int WarmUpSteps = 200;
    private const int Rounds = 5;
    private const int StepsPerRound = 200;

    public static void Print(TextWriter output)
    {
        foreach (int threads in (int[])[1, 2])
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"modelgen mlp-step threads={threads}: {Measure(threads):F3} ms"));
        }
    }

    private static double Measure(int threads)
    {
        using Mlp model = new(Device.CpuWith(threads), seed: 1);
        Random random = new(1);
        float[] x = [.. Enumerable.Range(0, BatchSize * 784).Select(_ => random.NextSingle())];
        int[] target = [.. Enumerable.Range(0, BatchSize).Select(_ => random.Next(10))];
        Dataset data = Mlp.Data(x, target);
        Batch batch = data.NewBatch(BatchSize);
        data.Fill(batch, [.. Enumerable.Range(0, BatchSize)]);
        Adam optimizer = new(1e-3f);
        Train(WarmUpSteps);
        double[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => Time()).Order()];
        return rounds[Rounds / 2];

        double Time()
        {
            long start = Stopwatch.GetTimestamp();
            Train(StepsPerRound);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds / StepsPerRound;
        }

        void Train(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                model.Step(Mlp.Entries.Loss, batch, optimizer);
            }
        }
    }
}
