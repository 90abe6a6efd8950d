using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>Inference keeps weights prepared from call to call, and nobody can tell but by the time it takes.</summary>
public sealed class ConstantWeightsTests
{
    private const int Examples = 9;
    private static readonly float[] Points = [.. Enumerable.Range(0, Examples * 20).Select(i => MathF.Cos(i))];

    public static TheoryData<string> Changes => ["step", "update", "fit", "load", "set values", "values", "values kept"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void AChangeIsSeenByTheNextCall(string change)
    {
        using Digits model = new(seed: 3), other = new(seed: 4);
        Span<float> kept = change == "values kept" ? model.Parameters["Dense1.weight"].Values : default;
        Repeat(() => Scores(model));
        for (int round = 0; round < 3; round++)
        {
            Change(model, other, change, kept);
            uint[] expected = Copied(model);
            Repeat(() => Assert.Equal(expected, Scores(model)));
        }
    }

    [Fact]
    public async Task PredictionsBesideTrainingAreThoseOfSomeParameters()
    {
        using Digits model = new(Device.CpuWith(1), seed: 3);
        Task training = Task.Run(() => model.Fit(Clusters.Of(300), new FitOptions { Epochs = 20, BatchSize = 10, Optimizer = new Adam(1e-3f), Progress = null }));
        while (!training.IsCompleted)
        {
            Assert.All(Scores(model), score => Assert.True(float.IsFinite(BitConverter.UInt32BitsToSingle(score))));
        }

        await training;
        uint[] expected = Copied(model);
        Repeat(() => Assert.Equal(expected, Scores(model)));
    }

    [Fact]
    public void SettingOtherThanAllValuesIsAnError()
    {
        using Digits model = new(seed: 3);
        Parameter bias = model.Parameters["Dense1.bias"];
        float[] before = bias.Values.ToArray();
        ArgumentException error = Assert.Throws<ArgumentException>(() => bias.SetValues(new float[47]));
        Assert.Contains("Dense1.bias [48] has 48 values; 47 were given", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, bias.Values.ToArray());
    }

    /// <summary>More often than it takes for weights to be prepared.</summary>
    private static void Repeat(Action call)
    {
        for (int time = 0; time < 4; time++)
        {
            call();
        }
    }

    private static void Change(Digits model, Digits other, string change, Span<float> kept)
    {
        Dataset data = Clusters.Of(30);
        Batch batch = data.NewBatch(30);
        data.Fill(batch, [.. Enumerable.Range(0, 30)]);
        Parameter weight = model.Parameters["Dense1.weight"];
        switch (change)
        {
            case "step":
                model.Step(Digits.Entries.Loss, batch, new Adam(0.1f));
                break;
            case "update":
                model.Gradients(Digits.Entries.Loss, batch);
                model.Update(Digits.Entries.Loss, new Sgd(0.5f));
                break;
            case "fit":
                model.Fit(data, new FitOptions { Epochs = 1, BatchSize = 10, Optimizer = new Adam(0.1f), Progress = null });
                break;
            case "load":
                other.Step(Digits.Entries.Loss, batch, new Adam(0.1f));
                using (MemoryStream stream = new())
                {
                    other.Save(stream);
                    stream.Position = 0;
                    model.Load(stream);
                }

                break;
            case "set values":
                float[] values = new float[weight.Length];
                weight.CopyTo(values);
                weight.SetValues([.. values.Select(value => value + 0.25f)]);
                break;
            case "values":
                weight.Values[5] += 0.5f;
                break;
            default:
                kept[5] += 0.5f;
                break;
        }
    }

    /// <summary>What a new model with the same parameters says.</summary>
    private static uint[] Copied(Digits model)
    {
        using MemoryStream stream = new();
        model.Save(stream);
        stream.Position = 0;
        using Digits copy = new(seed: 99);
        copy.Load(stream);
        return Scores(copy);
    }

    private static uint[] Scores(Digits model)
    {
        float[] scores = new float[Examples * 5];
        model.Predict(Points, Examples, scores);
        return [.. scores.Select(BitConverter.SingleToUInt32Bits)];
    }
}
