using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using ModelGen.Entries;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Loops;

/// <summary>Loops: compiled equals eager in training, and gradients equal finite differences of the eager reading in double.</summary>
[OnEveryDevice]
public sealed class LoopTests
{
    private const string Block = """
        [Module]
        public sealed partial class Block
        {
            [LayerNorm] private partial Tensor Norm(Tensor x);
            [Dense("2*width")] private partial Tensor Widen(Tensor x);
            [Dense("width")] private partial Tensor Contract(Tensor x);
            [Dropout(0.25)] private partial Tensor Drop(Tensor x);

            [Forward]
            public Tensor Forward([Shape("batch", "width")] Tensor x) => x + Drop(Contract(Gelu(Widen(Norm(x)))));
        }
        """;

    private const string Stage = """
        [Module]
        public sealed partial class Stage
        {
            [Repeat(2)] private partial Block[] Blocks { get; }
            [Dense("width")] private partial Tensor Mix(Tensor x);

            [Forward]
            public Tensor Forward([Shape("batch", "width")] Tensor x)
            {
                for (int i = 0; i < 2; i++) x = Blocks[i].Forward(x);
                return Tanh(Mix(x));
            }
        }
        """;

    public static TheoryData<string, string, string> Bodies() => new()
    {
        { "foreach over modules", "[Repeat(3)] private partial Block[] Blocks { get; }", "foreach (var block in Blocks) x = block.Forward(x); return Head(x);" },
        { "index", "[Repeat(4)] private partial Block[] Blocks { get; }", "for (int i = 0; i < 4; i++) x = Blocks[i].Forward(x); return Head(x);" },
        { "part of the modules", "[Repeat(4)] private partial Block[] Blocks { get; }", "for (int i = 1; i < 3; i++) x = Blocks[i].Forward(x); return Head(Blocks[0].Forward(x));" },
        { "backwards, unrolled", "[Repeat(3)] private partial Block[] Blocks { get; }", "for (int i = 2; i >= 0; i--) x = Blocks[i].Forward(x); return Head(x);" },
        { "nested", "[Repeat(3)] private partial Stage[] Stages { get; }", "foreach (var stage in Stages) x = stage.Forward(x); return Head(x);" },
        { "one layer several times", "[Dense(6)] private partial Tensor Hop(Tensor x);", "for (int i = 0; i < 5; i++) x = Tanh(Hop(x)) + x; return Head(x);" },
        { "two carried values and a captured one", "[Dense(6)] private partial Tensor Hop(Tensor x);", "var first = x; var sum = x; for (int i = 0; i < 3; i++) { x = Tanh(Hop(x)) * first; sum = sum + x * 0.5; } return Head(sum);" },
        { "the index as a number", "[Dense(6)] private partial Tensor Hop(Tensor x);", "for (int i = 0; i < 3; i++) x = Tanh(Hop(x)) * (i + 1) - i; return Head(x);" },
        { "a condition on the index", "[Dense(6)] private partial Tensor Hop(Tensor x);", "for (int i = 0; i < 3; i++) { if (i == 1) x = Relu(x); x = Hop(x); } return Head(x);" },
        { "used twice", "[Repeat(2)] private partial Block[] Blocks { get; }", "foreach (var block in Blocks) x = block.Forward(x); foreach (var block in Blocks) x = block.Forward(x); return Head(x);" },
        { "carried but not needed", "[Dense(6)] private partial Tensor Hop(Tensor x);", "var y = x; for (int i = 0; i < 3; i++) { y = x * 2; x = Hop(x); } return Head(y + x);" },
        { "three deep", "[Dense(6)] private partial Tensor Hop(Tensor x);", "for (int i = 0; i < 2; i++) { for (int j = 0; j < 3; j++) { for (int k = 0; k < 4; k++) x = Tanh(Hop(x)); x = x * 0.9; } x = x + 1; } return Head(x);" },
        { "once", "[Repeat(1)] private partial Block[] Blocks { get; }", "foreach (var block in Blocks) x = block.Forward(x); return Head(x);" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void CompiledLoopsEqualEagerOnes(string name, string members, string body)
    {
        Assert.NotEmpty(name);
        CompiledModels models = CompiledModels.Compile(Block + Stage + Source(members, body));
        using Model model = models.Create("Tower", seed: 3);
        float[] x = [.. Enumerable.Range(0, 5 * 6).Select(index => MathF.Sin(index * 1.7f))];
        int[] target = [0, 2, 1, 1, 0];
        LossEntry entry = (LossEntry)model.Description.Entries.Single(entry => entry.Name == "Loss");
        Dataset data = new(entry, [], x, target);
        Batch batch = data.NewBatch(5);
        data.Fill(batch, [0, 1, 2, 3, 4]);
        float loss = model.Gradients(entry, batch);

        EagerMode mode = new() { Double = true, Training = true, Step = 0 };
        Assert.Equal((double)EagerLoss(model, mode, x, target).Item(), loss, 1e-5);
        List<string> differences = [];
        foreach (Parameter parameter in model.Parameters)
        {
            Tensor expected = GradientCheck.Gradient(model, parameter.Name, changed => EagerLoss(model, changed, x, target), mode);
            double error = GradientCheck.Error(expected, parameter.Gradient);
            if (!(error < 1e-4))
            {
                differences.Add($"{parameter.Name}: {error}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    [Fact]
    [OnProcessor("It only generates code.")]
    public void AHundredBlocksCostNoMoreThanTwo()
    {
        string two = Block + Source("[Repeat(2)] private partial Block[] Blocks { get; }", "foreach (var block in Blocks) x = block.Forward(x); return Head(x);");
        string hundred = two.Replace("Repeat(2)", "Repeat(100)", StringComparison.Ordinal);
        CompiledModels.Generate(two);
        int sizeOfTwo = CompiledModels.Generate(two).Files.Sum(file => file.Text.Length);
        Stopwatch watch = Stopwatch.StartNew();
        int sizeOfHundred = CompiledModels.Generate(hundred).Files.Sum(file => file.Text.Length);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"generating took {watch.Elapsed}");
        Assert.True(sizeOfHundred < 2 * sizeOfTwo, $"{sizeOfHundred} characters for a hundred blocks, {sizeOfTwo} for two");
    }

    private static string Source(string members, string body) => $$"""
        [Model]
        public sealed partial class Tower
        {
            {{members}}
            [Dense(3)] private partial Tensor Head(Tensor x);

            [Forward]
            private Tensor Predict([Shape("batch", 6)] Tensor x) { {{body}} }

            [Loss]
            private Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> target) => SoftmaxCrossEntropy(predict, target);
        }
        """;

    /// <summary>The loss of the eager reading, of which the forward method is the first half.</summary>
    private static Tensor EagerLoss(Model model, EagerMode mode, float[] x, int[] target)
    {
        Type type = model.GetType();
        object eager = Activator.CreateInstance(type.GetNestedTypes().Single(nested => nested.BaseType == typeof(EagerReading)), model, mode)!;
        Tensor predict = (Tensor)Call(eager, "Predict", Tensor.From(x, [5, 6]));
        return (Tensor)Call(eager, "Loss", predict, Tensor.From(target, [5]));
    }

    private static object Call(object target, string method, params object[] arguments) =>
        target.GetType().GetMethod(method, BindingFlags.Public | BindingFlags.Instance)!.Invoke(target, arguments)!;
}
