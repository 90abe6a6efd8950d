using System.Collections.Generic;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>In training, compiled and eager dropout drop the same elements, wherever the layer stands and whatever it is fused with.</summary>
[OnEveryDevice]
public sealed class DropoutTests
{
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["alone"] = "[Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => Drop(x);",
        ["after a Dense"] = "[Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => Drop(Fc(x));",
        ["after an activation, before a Dense"] = "[Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => Fc(Drop(Tanh(x)));",
        ["twice in one model"] = "[Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => Drop(Fc(Drop(x)));",
        ["twice on the same value"] = "[Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => Drop(x) - Drop(x);",
        ["two layers"] = "[Dropout(0.5)] private partial Tensor Other(Tensor x); [Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => Other(x) + Drop(Fc(x));",
        ["3-D"] = "[Forward] private Tensor Predict([Shape(\"batch\", 5, 37)] Tensor x) => Sum(Drop(Fc(Drop(x))), 1);",
        ["after Permute"] = "[Forward] private Tensor Predict([Shape(\"batch\", 37, 5)] Tensor x) => Sum(Drop(Permute(x, 0, 2, 1)), 1);",
        ["of a slice"] = "[Forward] private Tensor Predict([Shape(\"batch\", 80)] Tensor x) => Drop(x[.., 3..40]);",
        ["of a broadcast parameter"] = "[Parameter(37, Init = Init.Ones)] private partial Tensor Scale { get; } [Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => x * Drop(Scale);",
        ["under a Softmax"] = "[Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => Softmax(Drop(Fc(x)));",
        ["on a Softmax"] = "[Forward] private Tensor Predict([Shape(\"batch\", 37)] Tensor x) => Drop(Softmax(Fc(x)));",
    };

    public static TheoryData<string> Names() => [.. Bodies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void DropsTheSame(string name)
    {
        string source = $$"""
            [Model] public sealed partial class Net
            {
            #pragma warning disable MG0006
                [Dropout(0.4)] private partial Tensor Drop(Tensor x);
                [Dense(37)] private partial Tensor Fc(Tensor x);
            #pragma warning restore MG0006
                [Parameter(37, Init = Init.Ones)] private partial Tensor Weight { get; }
                {{Bodies[name]}}
                [Loss] private Tensor Loss(Tensor predict, [Shape("batch", 37)] Tensor y) => Mean(Sum(predict * y * Weight, 1));
            }
            """;
        using Model model = CompiledModels.Compile(source).Create("Net", seed: 77);
        Trial trial = new(model, "Loss", [3]);
        for (int step = 0; step < 3; step++)
        {
            trial.SameLoss();
        }

        Assert.Equal(3u, model.TrainingCalls);
        Assert.InRange(trial.WorstGradient().Error, 0, 1e-5);
        trial.SameForward("Predict");
    }

    [Fact]
    public void AnotherSeedAndAnotherStepDropOthers()
    {
        using Training.Digits model = new(TestDevice.Current, seed: 1), other = new(TestDevice.Current, seed: 2);
        foreach (Parameter parameter in other.Parameters)
        {
            model.Parameters[parameter.Name].Values.CopyTo(parameter.Values);
        }

        Dataset data = Training.Clusters.Of(8);
        Batch batch = data.NewBatch(8);
        data.Fill(batch, [0, 1, 2, 3, 4, 5, 6, 7]);
        float[] losses = [model.Gradients(data.Entry, batch), model.Gradients(data.Entry, batch), other.Gradients(data.Entry, batch), other.Gradients(data.Entry, batch)];
        Assert.Equal(4, new HashSet<float>(losses).Count);
        Assert.Equal(model.Evaluate(data).Loss, other.Evaluate(data).Loss);
    }
}
