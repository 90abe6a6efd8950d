using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Incremental;

/// <summary>After an edit only what the edit concerns is done again, and nothing of the compilation is kept.</summary>
public class CachingTests
{
    private const string Models = Build.Usings + """
        namespace Demo;
        [Module] public sealed partial class Block
        {
            [Dense("width")] private partial Tensor Mix(Tensor x);
            [Forward] public Tensor Forward([Shape("batch", "width")] Tensor x) => x + Mix(x);
        }

        [Model] public sealed partial class Net
        {
            [Dense(8)] private partial Tensor Fc1(Tensor x);
            [Dense(8)] private partial Tensor Unused(Tensor x);
            [Repeat(3)] private partial Block[] Blocks { get; }
            [State("batch", 8)] private partial Tensor Level { get; set; }
            [Forward] private Tensor Predict([Shape("batch", 8)] Tensor x) { foreach (var block in Blocks) x = block.Forward(x); Level += x; return Fc1(x); }
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch", 8)] Tensor target) => Mse(predict, target);
        }

        [Model, Input("batch", 4)] [Dense(8), Relu, Dense(2)] [Mse] public sealed partial class Stack;
        """;

    private const string Other = "public static class Other { public static int Value => 1; }";

    private static readonly string[] AfterReading = ["Options", "ModelSpec", "ModuleSpec", "Describe", "ModelSurface", "Parameters", "ModuleSurface", "Compile", "Files", "Findings"];

    [Fact]
    public void AnEditElsewhereChangesNothing()
    {
        GeneratorRunResult result = After(Models, Models, Other.Replace("1", "2"));
        AssertUnchanged(result, [.. AfterReading, "ReadModel", "ReadModule", "Locate"]);
    }

    [Fact]
    public void ACommentAboveMovesThePlacesOnly()
    {
        string edited = Models.Replace("namespace Demo;", "// A comment.\nnamespace Demo;");
        GeneratorRunResult result = After(Models, edited, Other);
        AssertUnchanged(result, AfterReading);
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(result, "Locate").Distinct());
        Assert.Equal(
            edited.IndexOf("Unused", StringComparison.Ordinal),
            Assert.Single(result.Diagnostics, diagnostic => diagnostic.Id == "MG0006").Location.SourceSpan.Start);
    }

    [Fact]
    public void WhiteSpaceAndCommentsWithinABodyLeaveTheSpec()
    {
        GeneratorRunResult result = After(Models, Models.Replace("return Fc1(x);", "\n /* last */ return  Fc1(x); // done\n"), Other);
        AssertUnchanged(result, AfterReading);
    }

    [Fact]
    public void AnEditOfABodyLeavesTheSurfaceAndTheOtherModels()
    {
        GeneratorRunResult result = After(Models, Models.Replace("return Fc1(x);", "return Fc1(Relu(x));"), Other);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], Reasons(result, "ModelSpec"));
        AssertUnchanged(result, ["ModelSurface", "ModuleSurface", "ModuleSpec"]);
    }

    [Fact]
    public void NothingOfTheCompilationIsKept()
    {
        GeneratorRunResult result = After(Models, Models, Other);
        foreach ((string name, ImmutableArray<IncrementalGeneratorRunStep> runs) in result.TrackedSteps.Where(step => AfterReading.Concat(["ReadModel", "ReadModule", "Locate"]).Contains(step.Key)))
        {
            foreach (object value in runs.SelectMany(run => run.Outputs).Select(output => output.Value))
            {
                AssertPlain(name, value, []);
            }
        }
    }

    private static GeneratorRunResult After(string before, string after, string other)
    {
        CSharpCompilation compilation = Build.Compilation(before, Other);
        GeneratorDriver driver = Build.Driver(steps: true).RunGenerators(compilation);
        SyntaxTree[] trees = [.. compilation.SyntaxTrees];
        CSharpCompilation edited = compilation.ReplaceSyntaxTree(trees[0], Build.Tree(after)).ReplaceSyntaxTree(trees[1], Build.Tree(other, 1));
        return driver.RunGenerators(edited).GetRunResult().Results[0];
    }

    private static void AssertUnchanged(GeneratorRunResult result, IEnumerable<string> steps) => Assert.All(steps, step =>
    {
        Assert.NotEmpty(Reasons(result, step));
        Assert.All(
            Reasons(result, step),
            reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, step + " was " + reason));
    });

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

    /// <summary>Walks everything that a value holds.</summary>
    private static void AssertPlain(string step, object? value, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location or IOperation,
            $"{step} keeps a {value.GetType()}");
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                AssertPlain(step, item, seen);
            }
        }

        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(field => !field.FieldType.IsPointer))
        {
            AssertPlain(step, field.GetValue(value), seen);
        }
    }
}
