using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Consumer;
using ModelGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["time"])
{
    Console.WriteLine(Timing.MedianMilliseconds());
    return;
}

if (args is ["lanes"])
{
    Console.WriteLine(ModelGen.Cpu.SimdWidth.Lanes);
    return;
}

// y = 2·a − b + 1, which a line can learn.
float[] input = [.. Enumerable.Range(0, 2 * 512).Select(i => (i * 37 % 101 / 50f) - 1)];
float[] target = [.. input.Chunk(2).Select(pair => (2 * pair[0]) - pair[1] + 1)];

using var model = new Line(Device.Cpu, seed: 1);
History history = model.Fit(Line.Data(input, target), new FitOptions { Epochs = 40, BatchSize = 32, Optimizer = new Adam(0.05f), Progress = null });
model.Save("line.safetensors");

using var reloaded = new Line(Device.Cpu, seed: 2);
reloaded.Load("line.safetensors");
float[,] predicted = reloaded.Predict(new float[,] { { 0.5f, -0.5f } });

Console.WriteLine($"optimised: {IsOptimised(typeof(Line))}, runtime: {IsOptimised(typeof(Model))}");
Console.WriteLine($"steps: {history.Steps.Count}, learned: {history.Epochs[^1].Loss < 1e-3}");
Console.WriteLine($"same: {predicted[0, 0] == model.Predict(new float[,] { { 0.5f, -0.5f } })[0, 0]}, close: {Math.Abs(predicted[0, 0] - 2.5f) < 0.05f}");

static bool IsOptimised(Type type) => type.Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
