using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using ModelGen.Models.Tests.Goldens;
using TextGenerator;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Models.Tests.Training;

/// <summary>The network of samples/TextGenerator trains as PyTorch's does: the same weights, the same words, the same losses.</summary>
public sealed class TextGeneratorTests(ITestOutputHelper output)
{
    [Fact]
    public void TheFirstTwentyLossesArePyTorchs()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenFile.Folder, "text-losses.json")));
        JsonElement golden = document.RootElement;
        using WordModel model = new(seed: 0);
        Draw(model, golden.GetProperty("seed").GetUInt32(), golden.GetProperty("weights"));
        History history = model.Fit(Novels.First(count: 20 * 32, time: 100), new FitOptions { BatchSize = 32, Shuffle = false, Optimizer = new Adam(1e-3f), Progress = null });

        float[] expected = [.. golden.GetProperty("losses").EnumerateArray().Select(loss => loss.GetSingle())];
        Assert.Equal(20, history.Steps.Count);
        output.WriteLine($"largest difference {history.Steps.Zip(expected, (step, loss) => Math.Abs(step.Loss - loss)).Max()}");
        Assert.All(history.Steps.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Loss, 1e-4f));
    }

    /// <summary>Right behind the first step, within an epoch, and behind an epoch's last step; again and again, each time resumed by another model.</summary>
    [Fact]
    public void WhatIsKilledAtThreePlacesEndsAsIfItHadNotBeen()
    {
        using TextTraining whole = new(), killed = new();
        TrainingEnd expected = whole.ToEnd();
        Assert.Equal(3 * TextTraining.StepsPerEpoch, expected.Steps.Length);
        killed.KillBehind(step: 1);
        killed.KillBehind(step: TextTraining.StepsPerEpoch / 2);
        killed.KillBehind(step: TextTraining.StepsPerEpoch);
        killed.ToEnd().ShouldBe(expected);
    }

    /// <summary>Draws the weights as PyTorch does, one after the other; their first and last values say that they are the same.</summary>
    private static void Draw(Model model, uint seed, JsonElement weights)
    {
        PyTorchNumbers numbers = new(seed);
        foreach (JsonProperty weight in weights.EnumerateObject())
        {
            Parameter parameter = model.Parameters[weight.Name];
            float[] values = numbers.Uniform(parameter.Length, bound: weight.Name == "Embed.weight" ? 0.05f : (float)Math.Sqrt(1.0 / 128));
            Assert.Equal(weight.Value[0].GetSingle(), values[0]);
            Assert.Equal(weight.Value[1].GetSingle(), values[^1]);
            parameter.SetValues(values);
        }

        Assert.Equal(model.Parameters.Count, weights.EnumerateObject().Count());
    }
}
