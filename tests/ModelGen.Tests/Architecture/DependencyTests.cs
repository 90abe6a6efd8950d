using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace ModelGen.Tests.Architecture;

/// <summary>Dependencies between the generator's namespaces run one way.</summary>
/// <remarks>
/// Specs ← Diagnostics ← FrontEnd; Specs ← Graphs and Ops, which are one layer (a node has an op, an op's rules read nodes) ← Passes ← Schedule ← Emit.
/// What lies at the root wires the stages, and nothing depends on it.
/// </remarks>
public partial class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Specs"] = [],
        ["Diagnostics"] = ["Specs"],
        ["FrontEnd"] = ["Specs", "Diagnostics"],
        ["Graph"] = ["Specs", "Ops"],
        ["Ops"] = ["Specs", "Diagnostics", "Graphs"],
        ["Passes"] = ["Specs", "Diagnostics", "Graphs", "Ops"],
        ["Schedule"] = ["Specs", "Graphs", "Ops", "Passes"],
        ["Emit"] = ["Specs", "Graphs", "Ops", "Schedule"],
    };

    private static readonly string[] Namespaces = ["Specs", "Diagnostics", "FrontEnd", "Graphs", "Ops", "Passes", "Schedule", "Emit"];

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void AFolderUsesOnlyWhatComesBeforeIt(string folder)
    {
        string own = folder == "Graph" ? "Graphs" : folder;
        foreach (string file in Sources.Of("src/ModelGen/" + folder))
        {
            string text = Comments().Replace(File.ReadAllText(file), string.Empty);
            IEnumerable<string> used = Namespaces.Where(space => space != own && (text.Contains($"using ModelGen.{space}", System.StringComparison.Ordinal) || Regex.IsMatch(text, $@"(?<![\w.:]){space}\.[A-Z]\w*[.(<> ]")));
            Assert.True(used.All(Allowed[folder].Contains), $"{Sources.Relative(file)} uses {string.Join(", ", used.Except(Allowed[folder]))}");
        }
    }

    [Fact]
    public void NothingDependsOnTheRoot()
    {
        string[] root = [.. Directory.GetFiles(Path.Combine(Sources.Root, "src", "ModelGen"), "*.cs").SelectMany(file => Types().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value)];
        Assert.Contains("Compiler", root);
        foreach (string file in Allowed.Keys.SelectMany(folder => Sources.Of("src/ModelGen/" + folder)))
        {
            string text = Comments().Replace(File.ReadAllText(file), string.Empty);
            Assert.DoesNotContain(root, type => Regex.IsMatch(text, $@"(?<![\w.""])(new |: ){type}\b|(?<![\w.""]){type}\.\w"));
        }
    }

    [GeneratedRegex(@"//[^\n]*|""(\\.|[^""\\\n])*""")]
    private static partial Regex Comments();

    [GeneratedRegex(@"(class|record|enum|interface|struct) (?<name>\w+)")]
    private static partial Regex Types();
}
