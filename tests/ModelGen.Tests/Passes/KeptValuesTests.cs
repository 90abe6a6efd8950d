using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ModelGen.Tests.Passes;

/// <summary>Costly elements that wait from one pass over a row to a later one.</summary>
public class KeptValuesTests
{
    [Fact]
    public void ExponentialsOfARowAreCalculatedOnce()
    {
        Assert.Equal(1, Exponentials("Softmax(x)"));
        Assert.Equal(1, Exponentials("Softmax(x) + x"));
        Assert.Equal(1, Exponentials("Softmax(x * 2) * 3"));
        Assert.Equal(2, Exponentials("Softmax(x) + Exp(x)"));
    }

    [Fact]
    public void WhatIsCheapIsCalculatedAgain() =>
        Assert.DoesNotContain("V.Load(output", Compiled("x - Mean(x, 1, keepDims: true) + x * x"), StringComparison.Ordinal);

    [Fact]
    public async Task AChainOfManyUsesIsPlannedInNoTime()
    {
        string steps = string.Concat(Enumerable.Repeat("x = x + x * x; ", 60));
        Task<string> compiling = Task.Run(() => Compiled("Softmax(x)", steps));
        Assert.Same(compiling, await Task.WhenAny(compiling, Task.Delay(TimeSpan.FromMinutes(2))));
        Assert.NotEmpty(await compiling);
    }

    private static int Exponentials(string output) => Compiled(output).Split("SimdMath.Exp(").Length - 1;

    private static string Compiled(string output, string steps = "") => Traced.Cpu($$"""
        [Model] public sealed partial class Net
        {
            [Forward] private static Tensor Predict([Shape("batch", 20)] Tensor x) { {{steps}}return {{output}}; }
        }
        """);
}
