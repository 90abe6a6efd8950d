using System;
using ModelGen.Runtime.Tests.Reference;
using Xunit;

namespace ModelGen.Runtime.Tests.Tensors;

public sealed class IndexerTests
{
    /// <summary>[[0, 1, 2], [3, 4, 5]]</summary>
    private static readonly Tensor X = Tensor.From([0f, 1f, 2f, 3f, 4f, 5f], [2, 3]);

    [Fact]
    public void An_index_drops_its_axis()
    {
        Expect.Equal([3], [3, 4, 5], X[1]);
        Expect.Equal([3], [3, 4, 5], X[^1]);
        Expect.Equal([2], [0, 3], X[.., 0]);
        Expect.Number(5, X[1, ^1]);
    }

    [Fact]
    public void A_range_keeps_its_axis()
    {
        Expect.Equal([2, 2], [1, 2, 4, 5], X[.., 1..3]);
        Expect.Equal([1, 3], [0, 1, 2], X[..1]);
        Expect.Equal([2], [3, 4], X[1, ..^1]);
        Expect.Equal([2, 0], [], X[.., 3..]);
        Expect.Equal([2, 3], [0, 1, 2, 3, 4, 5], X[..]);
    }

    [Fact]
    public void Integers_have_the_same_indexer()
    {
        Tensor<int> x = Tensor.From(new[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([3, 6], x[.., ^1].ToArray());
        Expect.Shape([2, 2], x[.., ..2].Shape);
        Assert.Equal(4, x[1, 0].Item());
    }

    [Fact]
    public void Outside_of_an_axis_is_an_error_that_names_it()
    {
        Assert.StartsWith("[3] lies outside axis 1 of [2, 3].", Outside(() => X[.., 3]), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => X[^3]);
        Assert.StartsWith("[-1] lies outside axis 0", Outside(() => X[-1]), StringComparison.Ordinal);
        Assert.StartsWith("[1..4] lies outside axis 1", Outside(() => X[.., 1..4]), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => X[.., 2..4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => X[.., 2..1]);
    }

    [Fact]
    public void More_indices_than_axes_are_an_error()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => X[0, .., 1]);
        Assert.StartsWith("[0, .., 1] names 3 axes, but [2, 3] has 2.", error.Message, StringComparison.Ordinal);
    }

    private static string Outside(Func<Tensor> part) => Assert.Throws<ArgumentOutOfRangeException>(part).Message;
}
