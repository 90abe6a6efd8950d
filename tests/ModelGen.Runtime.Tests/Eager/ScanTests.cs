using System;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Eager;

/// <summary>Scan on tensors: every form, and what it refuses.</summary>
public class ScanTests
{
    private static readonly Tensor Sequence = Tensor.From(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

    private static readonly Tensor First = Tensor.From(new float[] { 10, 20 }, [2]);

    [Fact]
    public void GivesTheStatesBehindAllSteps()
    {
        Tensor steps = Scan(First, Sequence, (sum, x) => sum + x);
        Assert.Equal([2, 3], steps.Shape.AsSpan().ToArray());
        Assert.Equal([11, 13, 16, 24, 29, 35], steps.ToArray());
    }

    [Fact]
    public void ReverseBeginsWithTheLastElement() => Assert.Equal([16, 15, 13, 35, 31, 26], Scan(First, Sequence, (sum, x) => sum + x, reverse: true).ToArray());

    [Fact]
    public void TheAxisIsThatOfTheSequenceAndOfTheResult()
    {
        Tensor steps = Scan(First, Permute(Sequence, 1, 0), (sum, x) => sum + x, axis: 0);
        Assert.Equal([3, 2], steps.Shape.AsSpan().ToArray());
        Assert.Equal([11, 24, 13, 29, 16, 35], steps.ToArray());
        Assert.Equal([11, 13, 16, 24, 29, 35], Scan(First, Sequence, (sum, x) => sum + x, axis: -1).ToArray());
    }

    [Fact]
    public void SeveralStatesAndAnOutput()
    {
        ((Tensor sum, Tensor last), Tensor steps) = Scan((First, First), Sequence, (state, x) => ((state.Item1 + x, x), state.Item2));
        Assert.Equal([16, 35], sum.ToArray());
        Assert.Equal([3, 6], last.ToArray());
        Assert.Equal([10, 1, 2, 20, 4, 5], steps.ToArray());
    }

    [Fact]
    public void ACountNeedsNoSequence()
    {
        Assert.Equal([20, 40, 80, 40, 80, 160], Scan(First, 3, state => state * 2).ToArray());
        (Tensor last, Tensor steps) = Scan(First, 2, state => (state * 2, state), axis: 0, reverse: true);
        Assert.Equal([40, 80], last.ToArray());
        Assert.Equal([20, 40, 10, 20], steps.ToArray());
    }

    [Fact]
    public void WhatDoesNotFitIsAnError()
    {
        Assert.Contains("from [2] to [4]", Assert.Throws<ArgumentException>(() => Scan(First, Sequence, (state, x) => Concat(0, state, x))).Message, StringComparison.Ordinal);
        Assert.Contains("at least one step", Assert.Throws<ArgumentException>(() => Scan(First, Slice(Sequence, 1, 0, 0), (state, x) => state)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one step", Assert.Throws<ArgumentException>(() => Scan(First, 0, state => state)).Message, StringComparison.Ordinal);
        Assert.Contains("no axis 2", Assert.ThrowsAny<ArgumentException>(() => Scan(First, Sequence, (state, x) => state, axis: 2)).Message, StringComparison.Ordinal);
        Assert.Contains("a Tensor or a tuple of Tensors", Assert.Throws<ArgumentException>(() => Scan(1, Sequence, (count, x) => (count + 1, x))).Message, StringComparison.Ordinal);
    }
}
