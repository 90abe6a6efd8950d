using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Documentation;

/// <summary>
/// Keeps <c>docs/architecture.md</c> and the README true: every block behind a marker must be what the stage prints for the page's model. On a difference
/// the page as it should be is written beside it as <c>architecture.received.md</c>.
/// </summary>
public sealed class ArchitectureTests
{
    private static readonly Regex Block = new(@"<!-- (?<kind>stage|excerpt): (?<what>[^\n]*?) -->\n```(?<language>\w+)\n(?<text>.*?)```\n", RegexOptions.Singleline);
    private static readonly Regex Model = new(@"<!-- model -->\n```csharp\n(?<text>.*?)```\n", RegexOptions.Singleline);

    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("README.md")]
    public void ThePageShowsWhatTheStagesPrint(string name)
    {
        string path = Path.Combine(Root(), name);
        string page = File.ReadAllText(path);
        CompiledModel compiled = Compiler.Compile(SpecReader.Read(Model.Match(page).Groups["text"].Value).Spec, new CompilerOptions(Trace: true), CancellationToken.None);
        Dictionary<string, string> stages = Stages(compiled.Files.Single(file => file.Name.EndsWith(".Trace.g.cs", StringComparison.Ordinal)).Text);
        string actual = Block.Replace(page, match => Written(match, compiled, stages));
        string received = Path.ChangeExtension(path, ".received.md");
        if (actual != page)
        {
            File.WriteAllText(received, actual);
        }

        Assert.True(actual == page, $"{name} shows what the stages no longer print; see {received}.");
    }

    [Fact]
    public void ThePageFollowsTheModelThroughEveryStage()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "architecture.md"));
        string[] shown = [.. Block.Matches(page).Select(match => match.Groups["what"].Value)];
        foreach (string stage in new[] { "FrontEnd", "BuildGraph", "InferShapes", "Lower", "Differentiate", "Simplify", "ShareSubexpressions", "EliminateDead", "FuseKernels", "OrderKernels", "PlanMemory" })
        {
            Assert.Contains(shown, what => what.Contains(stage, StringComparison.Ordinal));
        }
    }

    private static string Written(Match match, CompiledModel compiled, Dictionary<string, string> stages)
    {
        string what = match.Groups["what"].Value;
        string text = match.Groups["kind"].Value == "stage" ? Stage(stages, what) : Excerpt(compiled, what);
        return $"<!-- {match.Groups["kind"].Value}: {what} -->\n```{match.Groups["language"].Value}\n{text}```\n";
    }

    /// <summary>What a stage printed, or of it the lines that contain a text: <c>Loss: after Lower | Parameter</c>.</summary>
    private static string Stage(Dictionary<string, string> stages, string what)
    {
        string[] parts = what.Split(" | ");
        return parts.Length == 1
            ? stages[parts[0]]
            : string.Concat(stages[parts[0]].Split('\n').Where(line => line.Contains(parts[1], StringComparison.Ordinal)).Select(line => line + "\n"));
    }

    /// <summary>What each stage printed, by its title; a stage that ran again has the number of its run behind it.</summary>
    private static Dictionary<string, string> Stages(string trace)
    {
        Dictionary<string, string> stages = [];
        foreach (string part in trace.Split("// ---- ").Skip(1))
        {
            string[] lines = part.TrimEnd('\n').Split('\n');
            string title = lines[0];
            for (int run = 2; stages.ContainsKey(title); run++)
            {
                title = $"{lines[0]} ({run})";
            }

            stages[title] = string.Concat(lines.Skip(1).Where(line => line != "//").Select(line => line[3..] + "\n"));
        }

        return stages;
    }

    /// <summary>
    /// The lines of a generated file from the first that contains one text to the next that contains another, closing braces included:
    /// <c>Cpu.g.cs | from | to</c>.
    /// </summary>
    private static string Excerpt(CompiledModel compiled, string what)
    {
        string[] parts = what.Split(" | ");
        string[] lines = compiled.Files.Single(file => file.Name.EndsWith(parts[0], StringComparison.Ordinal)).Text.Split('\n');
        int first = Array.FindIndex(lines, line => line.Contains(parts[1], StringComparison.Ordinal));
        int last = Array.FindIndex(lines, first, line => line.Contains(parts[2], StringComparison.Ordinal));
        int indent = Indent(lines[first]);
        while (lines[last + 1].Trim() == "}" && Indent(lines[last + 1]) >= indent)
        {
            last++;
        }

        string[] chosen = lines[first..(last + 1)];
        StringBuilder text = new();
        foreach (string line in chosen)
        {
            text.Append(line.Length > indent ? line[indent..] : string.Empty).Append('\n');
        }

        return text.ToString();
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
}
