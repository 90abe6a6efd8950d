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

    [Fact]
    public void Split_cuts_and_is_taken_apart()
    {
        var (left, right) = Split(X, 2, axis: 1);
        Expect.Equal([2, 2], [0, 1, 3, 4], left);
        Expect.Equal([2, 1], [2, 5], right);
        var (a, b, c) = Split(X, [1, 0, 2], -1);
        Expect.Equal([2, 1], [0, 3], a);
        Expect.Equal([2, 0], [], b);
        Expect.Equal([2, 2], [1, 2, 4, 5], c);
        Assert.Equal(4, Split(Tensor.From(new float[7]), 2).Length);
        Assert.Single(Split(Tensor.From(Array.Empty<float>()), 2));
    }

    [Fact]
    public void Split_into_other_parts_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => Split(X, [1, 1], 1));
        Assert.StartsWith("Split: the sizes [1, 1] must be 0 or more and add up to the 3 elements of axis 1 of [2, 3].", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Split(X, [4, -1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split(X, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split(X, 1, 2));
        var parts = Assert.Throws<ArgumentException>(() =>
        {
            var (_, _) = Split(X, 1, 1);
        });
        Assert.StartsWith("Split makes 3 parts, and 2 are taken.", parts.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_come_and_go()
    {
        Expect.Equal([3, 2], [0, 3, 1, 4, 2, 5], Transpose(X, 0, -1));
        Expect.Equal([6], [0, 1, 2, 3, 4, 5], Flatten(X));
        Expect.Equal([1], [7], Flatten(Tensor.From([7f])));
        Expect.Equal([2, 1, 3], [0, 1, 2, 3, 4, 5], Unsqueeze(X, 1));
        Expect.Equal([2, 3], [0, 1, 2, 3, 4, 5], Squeeze(Unsqueeze(Unsqueeze(X, 0), -1)));
        Expect.Equal([2, 3, 1], [0, 1, 2, 3, 4, 5], Squeeze(Unsqueeze(Unsqueeze(X, 0), -1), 0));
        Expect.Equal([2, 2, 3], [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5], Expand(Unsqueeze(X, 1), -1, 2, 3));
        Expect.Equal([2, 2], [1, 3, 2, 4], Stack(1, Tensor.From([1f, 2f]), Tensor.From([3f, 4f])));
    }

    [Fact]
    public void Axes_that_do_not_fit_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Transpose(X, 0, 2));
        Assert.Throws<ArgumentException>(() => Flatten(X, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Squeeze(X, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Unsqueeze(X, 3));
        Assert.Throws<ArgumentException>(() => Expand(X, 3, 3));
        Assert.Throws<ArgumentException>(() => Expand(X, -1, -1, 3));
        Assert.Throws<ArgumentException>(() => Stack(0, X, Transpose(X, 0, 1)));
        Assert.Throws<ArgumentException>(() => Stack(0));
        Assert.Throws<ArgumentException>(() => Flip(X, 0, -2));
        Assert.Throws<ArgumentException>(() => Tile(X, -1));
        Assert.Throws<ArgumentException>(() => Tril(Tensor.From([1f, 2f])));
    }

    [Fact]
    public void Pad_adds_what_its_mode_says()
    {
        Tensor x = Tensor.From([1f, 2f, 3f]);
        Expect.Equal([6], [9, 1, 2, 3, 9, 9], Pad(x, [1, 2], value: 9));
        Expect.Equal([7], [3, 2, 1, 2, 3, 2, 1], Pad(x, [2, 2], PadMode.Reflect));
        Expect.Equal([6], [1, 1, 2, 3, 3, 3], Pad(x, [1, 2], PadMode.Replicate));
        Expect.Equal([6], [3, 1, 2, 3, 1, 2], Pad(x, [1, 2], PadMode.Circular));
        Expect.Equal([2], [2, 3], Pad(x, [-1, 0]));
        Expect.Equal([1], [4], Pad(Tensor.From(Array.Empty<float>()), [0, 1], value: 4));
        Assert.Throws<ArgumentException>(() => Pad(x, [1]));
        Assert.Throws<ArgumentException>(() => Pad(x, [0, 0, 1, 1]));
        Assert.Throws<ArgumentException>(() => Pad(x, [3, 0], PadMode.Reflect));
        Assert.Throws<ArgumentException>(() => Pad(x, [4, 0], PadMode.Circular));
        Assert.Throws<ArgumentException>(() => Pad(x, [-2, -2]));
        Assert.Throws<ArgumentException>(() => Pad(Tensor.From(Array.Empty<float>()), [0, 1], PadMode.Replicate));
    }

    [Fact]
    public void Lookups_name_the_index_that_does_not_exist()
    {
        Tensor<int> indices = Tensor.From([0, 2, 3, 1], [2, 2]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Gather(X, 1, indices));
        Assert.StartsWith("Gather: the index at [1, 0] is 3; indices are 0 to 2.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Scatter: the index at [1, 0] is 3", Assert.Throws<ArgumentOutOfRangeException>(() => Scatter(X, 1, indices, X)).Message, StringComparison.Ordinal);
        Assert.Contains("IndexSelect: the index at [0] is -1", Assert.Throws<ArgumentOutOfRangeException>(() => IndexSelect(X, 0, Tensor.From([-1]))).Message, StringComparison.Ordinal);
        Assert.Contains("OneHot: the index at [1, 0] is 3", Assert.Throws<ArgumentOutOfRangeException>(() => OneHot(indices, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Gather(X, 1, Tensor.From([0, 1])));
        Assert.Throws<ArgumentException>(() => IndexSelect(X, 0, indices));
        Assert.Throws<ArgumentException>(() => Scatter(X, 1, indices, Tensor.From([1f])));
    }

    [Theory]
    [InlineData("ij->k")]
    [InlineData("ij->ii")]
    [InlineData("i1->i")]
    [InlineData("ij,jk->ik")]
    [InlineData("ijk->i")]
    [InlineData("ii->i")]
    [InlineData("ij->i->j")]
    [InlineData("......->")]
    public void Einsum_of_an_equation_that_does_not_fit_is_an_error(string equation)
    {
        var error = Assert.Throws<ArgumentException>(() => Einsum(equation, X));
        Assert.StartsWith($"Einsum: the equation '{equation}' ", error.Message, StringComparison.Ordinal);
    }
}
