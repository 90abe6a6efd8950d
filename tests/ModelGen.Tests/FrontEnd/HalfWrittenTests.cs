using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Tests.Diagnostics;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.FrontEnd;

/// <summary>While a model is being typed most of what the front end sees is no valid C#. It never fails on it.</summary>
public class HalfWrittenTests
{
    private static readonly string Model = Build.Usings + Broken.Body("""
        var (a, b) = (Fc1(x), x[.., 1..^1]);
        for (int i = 0; i < Blocks.Length; i++) { x += Blocks[i].Forward(a) * Math.Sqrt(x.Shape[^1]); }
        foreach (var block in Blocks) x = Training ? block.Forward(x) : Sum(x, [0, 1], keepDims: true);
        if (x.Shape[0] > 1 && !Training) (a, b) = (b, a); else { x = -a / 2; }
        """) + "[Model, Input(\"batch\", 784), Dense(3, Activation = Activation.Relu), Mse] public sealed partial class Stack;";

    public static IEnumerable<object[]> Tokens() => Enumerable.Range(0, 12).Select(part => new object[] { part });

    [Theory]
    [MemberData(nameof(Tokens))]
    public void ATokenMayBeMissing(int part)
    {
        List<SyntaxToken> tokens = [.. Build.Tree(Model).GetRoot().DescendantTokens().Where((_, index) => index % 36 == part * 3)];
        foreach (SyntaxToken token in tokens)
        {
            AssertHolds(Model.Remove(token.SpanStart, token.Span.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void TheTextMayEndAnywhere(int part)
    {
        List<SyntaxToken> tokens = [.. Build.Tree(Model).GetRoot().DescendantTokens().Where((_, index) => index % 72 == part * 6)];
        foreach (SyntaxToken token in tokens)
        {
            AssertHolds(Model[..token.SpanStart]);
        }
    }

    private static void AssertHolds(string source)
    {
        GeneratorRunResult result = Build.Driver().RunGenerators(Build.Compilation(source)).GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id == "MG0099");
    }
}
