using System;
using Xunit;

namespace ModelGen.Runtime.Tests.Tensors;

public sealed class TextTests
{
    [Fact]
    public void A_matrix_has_a_line_per_row()
    {
        Assert.Equal("float [2, 2]\n[[1, 0.333333],\n [-2, NaN]]", Tensor.From(new[,] { { 1, 1f / 3 }, { -2, float.NaN } }).ToString());
    }

    [Fact]
    public void Deeper_axes_are_indented()
    {
        Assert.Equal("int [2, 2, 1]\n[[[1],\n  [2]],\n [[3],\n  [4]]]", Tensor.From([1, 2, 3, 4], [2, 2, 1]).ToString());
    }

    [Fact]
    public void Numbers_vectors_and_nothing()
    {
        Assert.Equal("double [] 0.5", Tensor.From(0.5).ToString());
        Assert.Equal("float [2] [1, 2]", Tensor.From([1f, 2f]).ToString());
        Assert.Equal("float [0] []", Tensor.From(Array.Empty<float>()).ToString());
    }

    [Fact]
    public void Long_axes_show_their_ends()
    {
        Assert.Equal("int [9] [0, 1, 2, …, 6, 7, 8]", Tensor.From([0, 1, 2, 3, 4, 5, 6, 7, 8]).ToString());
        Assert.Equal("int [8] [0, 1, 2, 3, 4, 5, 6, 7]", Tensor.From([0, 1, 2, 3, 4, 5, 6, 7]).ToString());
    }
}
