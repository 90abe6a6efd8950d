using System;
using System.Linq;
using ModelGen.Models.Tests.Compiling;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>A model at random that fails is shrunk until a person can read what it is about.</summary>
public sealed class ShrinkerTests
{
    [Theory]
    [InlineData(3, "Softmax(")]
    [InlineData(8, "Concat(")]
    [InlineData(16, "MatMul(")]
    public void WhatHasNothingToDoWithTheFaultGoes(int from, string fault)
    {
        string source = Enumerable.Range(from, 200).Select(seed => RandomModel.Source("Net", seed, statements: 8)).First(source => source.Contains(fault, StringComparison.Ordinal));
        string smallest = Shrinker.Shrink(source, smaller => smaller.Contains(fault, StringComparison.Ordinal) && Compiles(smaller));
        Assert.Contains(fault, smallest, StringComparison.Ordinal);
        Assert.True(Compiles(smallest));
        Assert.InRange(smallest.Split('\n').Count(line => line.TrimStart().StartsWith("Tensor ", StringComparison.Ordinal)), 0, 2);
        Assert.InRange(smallest.Split('\n').Count(line => line.Contains(" partial Tensor ", StringComparison.Ordinal)), 0, 1);
    }

    private static bool Compiles(string source)
    {
        var (compilation, reported, _) = CompiledModels.Generate(source);
        return !reported.Concat(compilation.GetDiagnostics()).Any(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }
}
