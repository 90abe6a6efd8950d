using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Ops;
using ModelGen.Tests.Architecture;

namespace ModelGen.Tests.Documentation;

/// <summary>
/// <c>docs/operations.md</c>, written from the op definitions: what each computes is its class's summary, gradients of elementwise ops are their own formulas, and
/// tests are counted where they are.
/// </summary>
internal static partial class OperationsPage
{
    private static readonly (string Folder, string Title)[] Families =
    [
        ("Elementwise", "Elementwise"), ("Reduction", "Reductions, and words along an axis"), ("Shapes", "Shapes"), ("Linear", "Products"), ("Loops", "Recurrences of one's own"), ("Layers", "Layers"), ("Losses", "Losses"),
    ];

    /// <summary>How operators stand in a source that writes models.</summary>
    private static readonly Dictionary<string, string> Operators = new() { ["Add"] = @"\} \+ \{", ["Sub"] = @"\} - \{", ["Mul"] = @"\} \* \{", ["Div"] = @"\} / \(", ["Neg"] = @"""-\{" };

    public static string Write()
    {
        Dictionary<string, (string Folder, string Summary)> classes = Classes();
        Dictionary<string, (int All, int Gradients)> goldens = Goldens();
        Dictionary<string, string> accuracy = Accuracy();
        string randomModels = File.ReadAllText(Path.Combine(Sources.Root, "tests/ModelGen.Models.Tests/Compiled/RandomModel.cs"));
        StringBuilder page = new();
        page.Append("""
            # Operations

            Every word, layer and loss. This page is written from the op definitions, and a test keeps it so: the formulas and the gradients are those that the kernels are
            printed from. Inputs of elementwise words broadcast: aligned at the last axis, a dimension of 1 repeats. A gradient that is called *derived* follows from those of the
            words that the op is written as.

            *Goldens* are rows that PyTorch has calculated: values compiled and eager, on every processor mode and on OpenCL; in brackets those whose gradients are compared, too.
            *Accuracy* is the largest error in units in the last place over all floats ([accuracy.md](accuracy.md)); ops without one are as exact as the arithmetic that they consist of.
            *Random* marks what the random models use, whose gradients are compared with finite differences.

            """);
        foreach ((string folder, string title) in Families)
        {
            page.Append($"\n## {title}\n\n| op | what it computes | gradient | accuracy | goldens | random |\n|---|---|---|---|---:|---|\n");
            foreach (Op op in OpCatalog.Ops.Where(op => classes[op.GetType().Name].Folder == folder))
            {
                (int all, int gradients) = goldens.GetValueOrDefault(op.Name);
                string random = Regex.IsMatch(randomModels, Operators.GetValueOrDefault(op.Name, $@"\b{op.Name}\b")) ? "yes" : string.Empty;
                page.Append($"| `{op.Name}` | {classes[op.GetType().Name].Summary} | {Gradient(op)} | {accuracy.GetValueOrDefault(op.Name)} | {all} ({gradients}) | {random} |\n");
            }
        }

        return page.ToString();
    }

    private static string Gradient(Op op)
    {
        if (op is not ElementwiseOp elementwise)
        {
            return op is LossOp or CompositeOp ? "derived" : "none";
        }

        string[] names = [.. op.InputNames, "y", "dy"];
        ImmutableArray<Scalar> inputs = [.. op.InputNames.Select((_, index) => (Scalar)new ScalarInput(index))];
        ImmutableArray<Scalar?> gradients = elementwise.Backward(inputs, new ScalarInput(inputs.Length), new ScalarInput(inputs.Length + 1));
        IEnumerable<string> formulas = gradients.Select((formula, index) => formula is null ? null : $"`d{op.InputNames[index]} = {FormulaText.Of(formula, names)}`").OfType<string>();
        return string.Join("<br>", formulas) is { Length: > 0 } text ? text.Replace("|", "\\|", StringComparison.Ordinal) : "none";
    }

    /// <summary>The folder and the summary of every class below <c>Ops</c>.</summary>
    private static Dictionary<string, (string Folder, string Summary)> Classes()
    {
        Dictionary<string, (string Folder, string Summary)> classes = [];
        foreach (string file in Sources.Of("src/ModelGen/Ops"))
        {
            foreach (ClassDeclarationSyntax type in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
            {
                string comment = type.GetLeadingTrivia().ToFullString();
                classes[type.Identifier.Text] = (Path.GetFileName(Path.GetDirectoryName(file))!, Text(Summary().Match(comment).Groups["text"].Value));
            }
        }

        return classes;
    }

    private static string Text(string comment)
    {
        string text = CommentEdges().Replace(comment, " ");
        text = Code().Replace(text, "`$1`");
        text = See().Replace(text, "`$1`");
        text = System.Net.WebUtility.HtmlDecode(Spaces().Replace(text, " ").Trim());
        return text.Replace("|", "\\|", StringComparison.Ordinal).TrimEnd('.');
    }

    /// <summary>What docs/accuracy.md allows the functions that are approximated: rows <c>| `Exp` | 1.1 | 1.2 | …</c>.</summary>
    private static Dictionary<string, string> Accuracy() => File.ReadLines(Path.Combine(Sources.Root, "docs/accuracy.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(cells => cells[0].Trim('`'), cells => cells[1] == cells[2] ? $"{cells[1]} ulp" : $"{cells[1]} ulp, {cells[2]} without fused multiply-adds");

    private static Dictionary<string, (int All, int Gradients)> Goldens()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(Sources.Root, "tests/goldens/cases.json")));
        return cases.RootElement.EnumerateArray().GroupBy(row => row.GetProperty("op").GetString()!).ToDictionary(
            group => group.Key,
            group => (group.Count(), group.Count(row => !row.TryGetProperty("gradient", out JsonElement gradient) || gradient.GetBoolean())));
    }

    [GeneratedRegex("<summary>(?<text>.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\n\s*///\s?|\n")]
    private static partial Regex CommentEdges();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex("<(?:see|paramref) (?:cref|name|langword)=\"(?:[A-Z]:)?([^\"]*)\"\\s*/>")]
    private static partial Regex See();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
