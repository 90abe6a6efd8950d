using System;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen.Tests.Training.Models;

/// <summary>logits = x · weightᵀ + bias over two features and three classes: what the generator makes, written by hand.</summary>
internal sealed class SoftmaxRegression(ulong seed = 1, Device? device = null) : Model(device ?? Device.Cpu, Described, seed)
{
    public const int Features = 2;
    public const int Classes = 3;
    internal const nint BiasOffset = 16;

    public static readonly Entry PredictEntry = new()
    {
        Name = "Predict",
        Kind = EntryKind.Forward,
        Dimensions = ["batch"],
        Inputs = [new("x", ElementType.Float, [Dimension.Parse("batch"), Dimension.Parse("2")])],
        Outputs = [new("predict", ElementType.Float, [Dimension.Parse("batch"), Dimension.Parse("3")])],
        Run = static frame => Logits(frame, frame.Output(0)),
        RunOnGpu = SoftmaxRegressionOnGpu.Predict,
    };

    public static readonly LossEntry LossEntry = new()
    {
        Name = "Loss",
        Kind = EntryKind.Loss,
        Dimensions = ["batch"],
        Inputs = [.. PredictEntry.Inputs, new("target", ElementType.Int, [Dimension.Parse("batch")])],
        Outputs = [new("loss", ElementType.Float, []), .. PredictEntry.Outputs],
        Run = static frame => Loss(frame, frame.Output(1), train: false),
        RunOnGpu = SoftmaxRegressionOnGpu.Evaluate,
        TrainOnGpu = SoftmaxRegressionOnGpu.Train,
        Train = static frame => Loss(frame, frame.Reserve((long)frame.Dimension(0) * Classes), train: true),
        Classification = new Classification(LabelInput: 1, ScoresOutput: 1, Binary: false),
        Metrics = ["MeanTarget"],
    };

    public static readonly Entry MeanTargetEntry = new()
    {
        Name = "MeanTarget",
        Kind = EntryKind.Metric,
        Dimensions = ["batch"],
        Inputs = [new("target", ElementType.Int, [Dimension.Parse("batch")])],
        Outputs = [new("meanTarget", ElementType.Float, [])],
        Run = static frame => frame.Output(0)[0] = MeanOf(frame),
        RunOnGpu = SoftmaxRegressionOnGpu.MeanTarget,
    };

    private static readonly ModelDescription Described = new(
        "SoftmaxRegression",
        "5f7a",
        BiasOffset + Classes,
        [
            new("Fc.weight", [], [Classes, Features], 0, new Initializer(InitializerKind.Uniform, 0.7)),
            new("Fc.bias", [], [Classes], BiasOffset, new Initializer(InitializerKind.Constant, 0)),
        ],
        [PredictEntry, LossEntry, MeanTargetEntry]);

    public void Predict(ReadOnlySpan<float> x, int batch, Span<float> predict)
    {
        var arguments = new EntryArguments();
        arguments.Add(batch);
        arguments.Input(x);
        arguments.Output(predict);
        Run(PredictEntry, in arguments);
    }

    public void Call(Entry entry, scoped in EntryArguments arguments) => Run(entry, in arguments);

    public static Dataset Data(ReadOnlyMemory<float> x, ReadOnlyMemory<int> target) => new(LossEntry, [], x, target);

    /// <summary>Points around three corners of the plane.</summary>
    public static Dataset Clusters(int count, int seed = 5)
    {
        var random = new Random(seed);
        float[] x = new float[count * Features];
        int[] target = new int[count];
        for (int i = 0; i < count; i++)
        {
            target[i] = random.Next(Classes);
            x[2 * i] = (target[i] == 1 ? 2f : 0f) + (float)(random.NextDouble() - 0.5);
            x[(2 * i) + 1] = (target[i] == 2 ? 2f : 0f) + (float)(random.NextDouble() - 0.5);
        }

        return Data(x, target);
    }

    private static void Logits(Frame frame, Buffer<float> logits)
    {
        for (nint row = 0; row < frame.Dimension(0); row++)
        {
            for (nint c = 0; c < Classes; c++)
            {
                Buffer<float> weight = frame.Parameters.At(c * Features);
                Buffer<float> x = frame.Input(0).At(row * Features);
                logits[(row * Classes) + c] = frame.Parameters[BiasOffset + c] + (weight[0] * x[0]) + (weight[1] * x[1]);
            }
        }

        frame.Check("logits", logits, (long)frame.Dimension(0) * Classes);
    }

    private static void Loss(Frame frame, Buffer<float> logits, bool train)
    {
        frame.CheckIndices(1, Classes);
        Logits(frame, logits);
        if (train)
        {
            frame.Gradients.Span((int)BiasOffset + Classes).Clear();
        }

        double sum = 0;
        for (nint row = 0; row < frame.Dimension(0); row++)
        {
            sum += Row(frame, logits.At(row * Classes), row, train);
        }

        frame.Output(0)[0] = (float)(sum / frame.Dimension(0));
        frame.Check("loss", frame.Output(0), 1);
    }

    private static double Row(Frame frame, Buffer<float> logits, nint row, bool train)
    {
        double total = 0;
        for (nint c = 0; c < Classes; c++)
        {
            total += Math.Exp(logits[c]);
        }

        int target = frame.IntInput(1)[row];
        double loss = Math.Log(total) - logits[target];
        for (nint c = 0; train && c < Classes; c++)
        {
            float d = (float)(((Math.Exp(logits[c]) / total) - (c == target ? 1.0 : 0.0)) / frame.Dimension(0));
            frame.Gradients[BiasOffset + c] += d;
            frame.Gradients[c * Features] += d * frame.Input(0)[row * Features];
            frame.Gradients[(c * Features) + 1] += d * frame.Input(0)[(row * Features) + 1];
        }

        return loss;
    }

    private static float MeanOf(Frame frame)
    {
        float sum = 0;
        for (nint i = 0; i < frame.Dimension(0); i++)
        {
            sum += frame.IntInput(0)[i];
        }

        return sum / frame.Dimension(0);
    }
}
