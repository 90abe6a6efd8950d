using System.IO;
using System.Linq;
using System.Text.Json;
using ModelGen.Models.Tests.Goldens;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>Training is PyTorch's: the same weights, the same pictures, the same losses.</summary>
[OnEveryDevice]
public sealed class PyTorchTests
{
    [Theory]
    [InlineData("adam")]
    [InlineData("sgd")]
    [InlineData("adamw")]
    [InlineData("rmsprop")]
    [InlineData("adagrad")]
    [InlineData("lion")]
    [InlineData("lamb")]
    public void TheFirstTwentyLossesAreEqual(string name)
    {
        using Mlp model = new(TestDevice.Current, seed: 0);
        model.Load(Path.Combine(GoldenFile.Folder, "mlp.safetensors"));
        History history = model.Fit(Pictures.First(1280), new FitOptions { BatchSize = 64, Shuffle = false, Optimizer = Optimizer(name), Progress = null });
        float[] expected = Losses(name);
        Assert.Equal(20, history.Steps.Count);
        Assert.All(history.Steps.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Loss, 1e-4f));
    }

    private static Optimizer Optimizer(string name) => name switch
    {
        "adam" => new Adam(1e-3f),
        "sgd" => new Sgd(0.1f, momentum: 0.9f, weightDecay: 1e-4f),
        "rmsprop" => new RmsProp(1e-3f, momentum: 0.5f, centered: true, weightDecay: 1e-3f),
        "adagrad" => new Adagrad(1e-2f, learningRateDecay: 0.01, weightDecay: 1e-3f),
        "lion" => new Lion(1e-4f, weightDecay: 0.1f),
        "lamb" => new Lamb(1e-2f, weightDecay: 0.01f),
        _ => new AdamW(1e-3f, weightDecay: 0.01f) { ClipNorm = 0.5f },
    };

    private static float[] Losses(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenFile.Folder, "mlp-losses.json")));
        return [.. document.RootElement.GetProperty(name).EnumerateArray().Select(loss => loss.GetSingle())];
    }
}
