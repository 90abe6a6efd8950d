using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using ModelGen.Specs;
using ModelGen.Tests.Architecture;
using ModelGen.Tests.Harness;
using ModelGen.Tests.Snapshots;
using Xunit;

namespace ModelGen.Tests.Documentation;

/// <summary>
/// Keeps <c>docs/gpu.md</c> true: its counts of bytes and operations follow from the kernels themselves, and the tests that it names exist. On a
/// difference the page as it should be is written beside it as <c>gpu.received.md</c>.
/// </summary>
public sealed class GpuPageTests
{
    private static readonly Regex Table = new(@"<!-- paper: (?<model>\w+), (?<batch>\d+) -->\n(?<text>(\|[^\n]*\n)*)");
    private static readonly Regex TestName = new("`(?<type>\\w+Tests)\\.(?<method>\\w+)`");

    [Fact]
    public void ThePageCountsWhatTheKernelsDo()
    {
        string path = Path.Combine(Sources.Root, "docs", "gpu.md");
        string page = File.ReadAllText(path);
        Assert.True(Table.Count(page) > 0, "there are no tables");
        string actual = Table.Replace(page, match => Written(match.Groups["model"].Value, match.Groups["batch"].Value));
        string received = Path.ChangeExtension(path, ".received.md");
        if (actual != page)
        {
            File.WriteAllText(received, actual);
        }

        Assert.True(actual == page, $"docs/gpu.md counts other things than the kernels do; see {received}.");
    }

    [Fact]
    public void TheTestsThatItNamesExist()
    {
        string[] sources = [.. Sources.Of("tests").Select(File.ReadAllText)];
        foreach (Match named in TestName.Matches(File.ReadAllText(Path.Combine(Sources.Root, "docs", "gpu.md"))))
        {
            (string type, string method) = (named.Groups["type"].Value, named.Groups["method"].Value);
            Assert.True(sources.Any(source => source.Contains($"class {type}", StringComparison.Ordinal) && source.Contains($" {method}(", StringComparison.Ordinal)), $"there is no test {named.Value}");
        }
    }

    [Fact]
    public void ElementsCostWhatTheyTouchAndCalculate()
    {
        // y[i] = x[i] · s + exp(x[i]), where s is the same for all
        LoadValue x = new(new Access(0, Dim.Zero, [], Dim.One)), s = new(new Access(1, Dim.Zero, [], Dim.Zero));
        CallValue value = new(new Add(), [new CallValue(new Mul(), [x, s]), new CallValue(new Exp(), [x])]);
        Store store = new(new Access(2, Dim.Zero, [], Dim.One), value);
        ElementKernel kernel = new("Y", [], [Float("x", false), Float("s", false), Float("y", true)], [], 0, 10 * Dim.Named("batch"), [store]);
        Assert.Equal(new KernelCost(4 * ((2 * 10 * 7) + 1), 10 * 7 * (2 + 16)), KernelCost.Of(kernel, _ => 7));
    }

    [Fact]
    public void AProductCostsTwoOperationsForEachTerm()
    {
        Store store = new(new Access(2, Dim.Zero, [Dim.Of(5)], Dim.One), new LocalValue("product"));
        ProductKernel kernel = new("Y", [], [Float("a", false), Float("b", false), Float("y", true)], [], 0, Dim.One, Dim.Of(3), Dim.Of(5), Dim.Of(7), 0, false, 1, false, [store], []);
        Assert.Equal(new KernelCost(4 * ((3 * 7) + (7 * 5) + (3 * 5)), 2 * 3 * 5 * 7), KernelCost.Of(kernel, _ => 0));
    }

    private static Operand Float(string name, bool isWritten) => new(name, TensorType.Float, isWritten);

    private static string Written(string model, string batch)
    {
        string source = model switch
        {
            "ClothingClassifier" => File.ReadAllText(Path.Combine(Sources.Root, "samples", "Quickstart", "ClothingClassifier.cs")),
            "Tower" => SnapshotModels.Residual,
            _ => throw new ArgumentException($"The model {model} is not known.", nameof(model)),
        };
        ModelSpec spec = SpecReader.Read(source).Spec;
        Trace none = new(isOn: false);
        ModelPlan plan = Compiler.Plan(spec.Type, ModelAnalysis.Run(spec, none, CancellationToken.None), verify: true, none, CancellationToken.None);
        Program training = plan.Programs.Single(program => program.IsTraining);
        return $"<!-- paper: {model}, {batch} -->\n{PaperTable.Of(training, long.Parse(batch, CultureInfo.InvariantCulture))}";
    }
}
