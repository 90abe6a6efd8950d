extern alias Runtime;

using System;
using System.Linq;
using System.Threading.Tasks;
using ModelGen.Emit;
using Runtime::ModelGen;
using Xunit;

namespace ModelGen.Tests.Emit;

/// <summary>Whole printed models: entries, buffers, parameters and kernels together.</summary>
public class ProgramTests
{
    private static readonly string[] Files =
        [.. ProgramEmitter.Emit(SmallNet.Plan, ["Predict", "Train", "Entry"], program => program.Name + (program.IsTraining ? "Train" : "Run"), program => program.Name + (program.IsTraining ? "TrainOnGpu" : "OnGpu")).Select(file => $"// Net{file.Suffix}\n{file.Text}")];

    [Fact]
    public Task TheFilesOfASmallModel() => Verifier.Verify(string.Join("\n", Files));

    [Fact]
    public void AnEntryRunsItsKernelsInOrderWithBuffersThatTakeTurns()
    {
        const int batch = 5;
        dynamic net = Create();
        float[] x = Samples.Floats(batch * 4);
        float[] y = new float[batch * SmallNet.Width];
        net.Predict(x, batch, y);
        float[] expected = Predict((Runtime::ModelGen.Model)net, x, batch);
        Assert.All(expected.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void ALoopMayRunBackwardsAndWriteStrided()
    {
        dynamic net = Create();
        float[] x = Samples.Floats(12);
        Assert.Equal(x.Sum(), (float)net.Train(x), 1e-4f);
        ParameterCollection parameters = ((Runtime::ModelGen.Model)net).Parameters;
        for (int block = 0; block < SmallNet.Blocks; block++)
        {
            Parameter weight = parameters[$"Blocks.{block}.Mix.weight"];
            Assert.Equal(weight.Values.ToArray().Select(value => value * block), weight.Gradient.ToArray());
        }
    }

    private static object Create() =>
        Activator.CreateInstance(Compiled.Load([SmallNet.Surface, .. Files]).GetType("X.System.Net", throwOnError: true)!)!;

    private static float[] Predict(Runtime::ModelGen.Model net, float[] x, int batch)
    {
        float[] hidden = Multiply(x, net.Parameters["Fc1.weight"].Values, batch, 4);
        Span<float> bias = net.Parameters["Fc1.bias"].Values;
        for (int i = 0; i < hidden.Length; i++)
        {
            hidden[i] = Math.Max(hidden[i] + bias[i % SmallNet.Width], 0);
        }

        for (int block = 0; block < SmallNet.Blocks; block++)
        {
            hidden = [.. Multiply(hidden, net.Parameters[$"Blocks.{block}.Mix.weight"].Values, batch, SmallNet.Width).Select(value => MathF.Tanh(value) + block)];
        }

        return [.. hidden.Select(value => 2 * value)];
    }

    private static float[] Multiply(float[] x, Span<float> weight, int batch, int inputs)
    {
        float[] product = new float[batch * SmallNet.Width];
        for (int i = 0; i < product.Length; i++)
        {
            for (int k = 0; k < inputs; k++)
            {
                product[i] += x[(i / SmallNet.Width * inputs) + k] * weight[(i % SmallNet.Width * inputs) + k];
            }
        }

        return product;
    }
}
