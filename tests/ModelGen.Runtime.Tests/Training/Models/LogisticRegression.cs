using System;
using ModelGen.Entries;

namespace ModelGen.Tests.Training.Models;

/// <summary>logit = weight · x; the loss is binary cross-entropy with logits.</summary>
internal sealed class LogisticRegression() : Model(Device.CpuWith(1), Described, seed: 1)
{
    private static readonly LossEntry LossEntry = new()
    {
        Name = "Loss",
        Kind = EntryKind.Loss,
        Dimensions = ["batch"],
        Inputs = [Column("x"), Column("target")],
        Outputs = [new("loss", ElementType.Float, []), Column("predict")],
        Run = static frame => Loss(frame, train: false),
        Train = static frame => Loss(frame, train: true),
        Classification = new Classification(LabelInput: 1, ScoresOutput: 1, Binary: true),
    };

    private static readonly ModelDescription Described = new(
        "LogisticRegression", "1061", 1, [new("weight", [], [1], 0, new Initializer(InitializerKind.Constant, 0))], [LossEntry]);

    public static Dataset Data(float[] x, float[] target) => new(LossEntry, [], x, target);

    private static TensorDescription Column(string name) => new(name, ElementType.Float, [Dimension.Parse("batch")]);

    private static void Loss(Frame frame, bool train)
    {
        int batch = frame.Dimension(0);
        double sum = 0;
        double dWeight = 0;
        for (nint i = 0; i < batch; i++)
        {
            float x = frame.Input(0)[i];
            float target = frame.Input(1)[i];
            float logit = frame.Parameters[0] * x;
            sum += Math.Log(1 + Math.Exp(logit)) - (target * logit);
            dWeight += ((1 / (1 + Math.Exp(-logit))) - target) * x;
            if (!train)
            {
                frame.Output(1)[i] = logit;
            }
        }

        frame.Output(0)[0] = (float)(sum / batch);
        if (train)
        {
            frame.Gradients[0] = (float)(dWeight / batch);
        }
    }
}
