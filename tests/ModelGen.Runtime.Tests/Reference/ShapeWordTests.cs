using System;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Reference;

public sealed class ShapeWordTests
{
    /// <summary>[[0, 1, 2], [3, 4, 5]]</summary>
    private static readonly Tensor X = Tensor.From([0f, 1f, 2f, 3f, 4f, 5f], [2, 3]);

    [Fact]
    public void Reshape_keeps_the_order_and_fills_in_one_size()
    {
        Expect.Equal([3, 2], [0, 1, 2, 3, 4, 5], Reshape(X, 3, 2));
        Expect.Equal([6], [0, 1, 2, 3, 4, 5], Reshape(X, -1));
        Expect.Equal([1, 2, 3], [0, 1, 2, 3, 4, 5], Reshape(X, 1, -1, 3));
        Expect.Number(7, Reshape(Tensor.From([7f])));
    }

    [Fact]
    public void Reshape_to_another_number_of_elements_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => Reshape(X, 4, 2));
        Assert.Equal("Reshape: [2, 3] has 6 elements, which do not fit [4, 2].", error.Message);
        Assert.Throws<ArgumentException>(() => Reshape(X, 4, -1));
        Assert.Throws<ArgumentException>(() => Reshape(X, -1, -1));
        Assert.Throws<ArgumentException>(() => Reshape(Tensor.From(Array.Empty<float>()), -1, 0));
    }

    [Fact]
    public void Permute_moves_axes()
    {
        Expect.Equal([3, 2], [0, 3, 1, 4, 2, 5], Permute(X, 1, 0));
        Expect.Equal([3, 2], [0, 3, 1, 4, 2, 5], Permute(X, -1, 0));
        Tensor cube = Tensor.From([0f, 1f, 2f, 3f, 4f, 5f], [1, 2, 3]);
        Expect.Equal([3, 1, 2], [0, 3, 1, 4, 2, 5], Permute(cube, 2, 0, 1));
    }

    [Fact]
    public void Permute_needs_every_axis_once()
    {
        Assert.Throws<ArgumentException>(() => Permute(X, 0));
        Assert.Throws<ArgumentException>(() => Permute(X, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Permute(X, 0, 2));
    }

    [Fact]
    public void Concat_puts_tensors_one_behind_the_other()
    {
        Expect.Equal([3, 3], [0, 1, 2, 3, 4, 5, 7, 8, 9], Concat(0, X, Tensor.From(new float[,] { { 7, 8, 9 } })));
        Expect.Equal([2, 4], [0, 1, 2, 8, 3, 4, 5, 9], Concat(-1, X, Tensor.From(new float[,] { { 8 }, { 9 } })));
    }

    [Fact]
    public void Concat_of_tensors_that_differ_elsewhere_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => Concat(0, X, Tensor.From(new float[2, 2])));
        Assert.Equal("Concat: [2, 3] and [2, 2] differ beside axis 0.", error.Message);
        Assert.Throws<ArgumentException>(() => Concat(0, X, Tensor.From(new float[3])));
        Assert.Throws<ArgumentException>(() => Concat(0));
    }

    [Fact]
    public void Slice_takes_neighbours()
    {
        Expect.Equal([2, 2], [1, 2, 4, 5], Slice(X, 1, 1, 2));
        Expect.Equal([1, 3], [3, 4, 5], Slice(X, 0, -1, 1));
        Expect.Equal([2, 0], [], Slice(X, -1, 3, 0));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(-4, 1)]
    [InlineData(0, 4)]
    [InlineData(0, -1)]
    [InlineData(2, int.MaxValue)]
    public void Slice_outside_the_axis_is_an_error(int start, int length)
    {
        Tensor two = Tensor.From([1f, 2f]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Slice(two, 0, start, length));
        Assert.StartsWith($"Slice: {length} positions from {start} on lie outside axis 0 of [2].", error.Message, StringComparison.Ordinal);
    }
}
