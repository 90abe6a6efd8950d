using System.Text.RegularExpressions;
using System.Threading.Tasks;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Passes;

/// <summary>Each pass as before → after.</summary>
public class PassTests
{
    private const string Simple = """
        [Model] public sealed partial class Net
        {
            [Dense(2, Bias = false)] private partial Tensor Fc(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 3)] Tensor x) => Relu(Fc(x));
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch", 2)] Tensor target) => Mse(predict, target);
        }
        """;

    private const string Looped = """
        [Module] public sealed partial class Block
        {
            [Dense("width", Bias = false)] private partial Tensor Mix(Tensor x);
            [Forward] public Tensor Forward([Shape("batch", "width")] Tensor x) => Tanh(Mix(x));
        }

        [Model] public sealed partial class Net
        {
            [Repeat(3)] private partial Block[] Blocks { get; }
            [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) { foreach (var block in Blocks) x = block.Forward(x); return x; }
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch", 4)] Tensor target) => Mse(predict, target);
        }
        """;

    private static readonly Traced SimpleTrace = Traced.Model(Simple);
    private static readonly Traced LoopedTrace = Traced.Model(Looped);

    [Fact]
    public void BuildGraphWritesWordsAndLayers() => Assert.Equal(
        """
        graph Predict
          %0 = Input {dims=[batch, 3], name=x}
          %1 = Dense %0 {bias=False, path=Fc, width=2}
          %2 = Relu %1
          return output = %2
        """,
        SimpleTrace.After("Predict", "BuildGraph"));

    [Fact]
    public void InferShapesGivesEveryNodeItsShape() => Assert.Equal(
        """
        graph Predict
          %0 = Input {dims=[batch, 3], name=x} : [batch, 3]
          %1 = Dense %0 {bias=False, path=Fc, width=2} : [batch, 2]
          %2 = Relu %1 : [batch, 2]
          return output = %2
        """,
        SimpleTrace.After("Predict", "InferShapes"));

    [Fact]
    public void LowerWritesPrimitives() => Assert.Equal(
        """
        graph Predict
          %0 = Input {dims=[batch, 3], name=x} : [batch, 3]
          %1 = Parameter {name=Fc.weight} : [2, 3]
          %2 = MatrixProduct %0 %1 {transposeB=True} : [batch, 2]
          %3 = Relu %2 : [batch, 2]
          return output = %3
        """,
        SimpleTrace.After("Predict", "Lower"));

    [Fact]
    public Task DifferentiateAddsGradients() => Verifier.Verify(Before(SimpleTrace) + SimpleTrace.After("Loss, training", "Differentiate"), "txt");

    [Fact]
    public Task DifferentiateRunsALoopBackwards() => Verifier.Verify(Before(LoopedTrace) + LoopedTrace.After("Loss, training", "EliminateDead"), "txt");

    [Theory]
    [InlineData("x * 1 + 0")]
    [InlineData("-(-x)")]
    [InlineData("Permute(Permute(x, 1, 0), 1, 0)")]
    [InlineData("Reshape(Reshape(x, -1), -1, 3)")]
    [InlineData("StopGradient(x) / 1 - 0")]
    public void SimplifyLeavesTheValueItself(string expression)
    {
        Traced traced = Traced.Model($$"""[Model] public sealed partial class Net { [Forward] private Tensor Predict([Shape("batch", 3)] Tensor x) => {{expression}}; }""");
        Assert.Equal("graph Predict\n  %0 = Input {dims=[batch, 3], name=x} : [batch, 3]\n  return output = %0", traced.After("Predict", "EliminateDead"));
    }

    [Fact]
    public void ShareSubexpressionsCalculatesEqualOnesOnce()
    {
        Traced traced = Traced.Model("""[Model] public sealed partial class Net { [Forward] private Tensor Predict([Shape("batch")] Tensor x) => Exp(x) + Exp(x); }""");
        Assert.Equal(2, traced.After("Predict", "Simplify", run: 0).Split("Exp").Length - 1);
        Assert.Equal("graph Predict\n  %0 = Input {dims=[batch], name=x} : [batch]\n  %1 = Exp %0 : [batch]\n  %2 = Add %1 %1 : [batch]\n  return output = %2", traced.After("Predict", "EliminateDead"));
    }

    [Fact]
    public void EliminateDeadDropsWhatNoOutputNeeds()
    {
        Traced traced = Traced.Model("""[Model] public sealed partial class Net { [Forward] private Tensor Predict([Shape("batch")] Tensor x) { var unused = Exp(x); return Tanh(x); } }""");
        Assert.Contains("Exp", traced.After("Predict", "ShareSubexpressions", run: 0));
        Assert.DoesNotContain("Exp", traced.After("Predict", "EliminateDead", run: 0));
    }

    [Fact]
    public Task FuseKernelsPutsActivationsAndDerivativesBehindProducts() => Verifier.Verify(SimpleTrace.After("Loss, training", "FuseKernels of Loss"), "txt");

    [Fact]
    public Task OrderKernelsAndPlanMemoryReuseSlots() => Verifier.Verify(
        SimpleTrace.After("Loss, training", "OrderKernels of Loss") + "\n\n" + SimpleTrace.After("Loss, training", "PlanMemory"), "txt");

    [Fact]
    public void ShareKernelsGivesEqualLayersOneKernel()
    {
        Built built = Build.Run(Build.Usings + """
            [Model] public sealed partial class Net
            {
                [Dense(4)] private partial Tensor First(Tensor x);
                [Dense(4)] private partial Tensor Second(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => Relu(Second(Relu(First(x))));
            }
            """);
        Assert.Equal(2, built.File("Net.Forward.g.cs").Split("Kernels.Relu(").Length - 1);
        Assert.Single(Regex.Matches(built.File("Net.Cpu.g.cs"), "internal static void"));
    }

    private static string Before(Traced trace) => trace.After("Loss, training", "Lower") + "\n→\n";
}
