using System;
using ModelGen.Runtime.Tests.Reference;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Tensors;

public sealed class TensorTests
{
    [Fact]
    public void Arrays_keep_their_shape()
    {
        Expect.Shape([], Tensor.From(1f).Shape);
        Expect.Shape([2], Tensor.From(new float[2]).Shape);
        Expect.Shape([2, 3], Tensor.From(new double[2, 3]).Shape);
        Expect.Shape([2, 3, 4], Tensor.From(new int[2, 3, 4]).Shape);
        Expect.Shape([2, 3, 4, 5], Tensor.From(new float[2, 3, 4, 5]).Shape);
        Expect.Shape([0, 3], Tensor.From(new int[0, 3]).Shape);
    }

    [Fact]
    public void Elements_lie_in_row_major_order()
    {
        Assert.Equal([1f, 2f, 3f, 4f], Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).ToArray());
        Assert.Equal([1, 2, 3, 4], Tensor.From(new[,] { { 1, 2 }, { 3, 4 } }).ToArray());
        Assert.Equal([1.0, 2.0], Tensor.From(new[,] { { 1.0 }, { 2.0 } }).ToDoubleArray());
    }

    [Fact]
    public void A_span_needs_as_many_elements_as_its_shape()
    {
        Expect.Shape([2, 2], Tensor.From([1f, 2f, 3f, 4f], [2, 2]).Shape);
        Expect.Shape([2, 2], Tensor.From([1, 2, 3, 4], [2, 2]).Shape);
        var error = Assert.Throws<ArgumentException>(() => Tensor.From([1f, 2f, 3f], [2, 2]));
        Assert.StartsWith("3 elements do not fill the shape [2, 2].", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Tensor.From([1f], [-1, -1]));
    }

    [Fact]
    public void A_tensor_is_a_copy()
    {
        float[] source = [1, 2];
        Tensor x = Tensor.From(source);
        source[0] = 9;
        x.ToArray()[1] = 9;
        Reshape(x, 2, 1).ToArray()[1] = 9;
        Assert.Equal([1f, 2f], x.ToArray());
    }

    [Fact]
    public void Numbers_take_the_type_of_the_tensor_that_they_meet()
    {
        Tensor single = Tensor.From([1f]), exact = Tensor.From([1.0]);
        Assert.False((0.1 * single).IsDouble);
        Assert.Equal(0.1f, (0.1 * single).ToArray()[0]);
        Assert.True((0.5f * exact).IsDouble);
        Assert.True((single + exact).IsDouble);
        Assert.False((Sqrt(2.0) * single + 1).IsDouble);
        Assert.False((Tensor.From(1f) + single).IsDouble);
    }

    [Fact]
    public void Conversions_between_the_types()
    {
        Assert.True(Tensor.From([0.1f]).ToDouble().IsDouble);
        Assert.Equal([0.1f], Tensor.From([0.1]).ToSingle().ToArray());
        Assert.True(((Tensor)0.1).ToDouble().IsDouble);
        Assert.False((((Tensor)0.1).ToSingle() + Tensor.From(1f)).IsDouble);
    }

    [Fact]
    public void Item_is_the_only_element()
    {
        Assert.Equal(0.25, Tensor.From([0.25f]).Item());
        Assert.Equal(3, Tensor.From([3]).Item());
        var error = Assert.Throws<InvalidOperationException>(() => Tensor.From([1f, 2f]).Item());
        Assert.Equal("Item() needs a single element, but the shape is [2].", error.Message);
    }

    [Fact]
    public void Shape_has_sizes_for_code()
    {
        Tensor x = Tensor.From(new float[2, 3]);
        Assert.Equal(2, x.Shape[0]);
        Assert.Equal(3, x.Shape[^1]);
        Assert.Equal(2, x.Rank);
        Assert.Equal(6, x.Count);
    }

    [Fact]
    public void Compound_assignment_works()
    {
        Tensor x = Tensor.From([1f, 2f]);
        x += 1;
        x *= x;
        Assert.Equal([4f, 9f], x.ToArray());
    }

    [Fact]
    public void Null_is_an_error() => Assert.Throws<ArgumentNullException>(() => Exp(null!));
}
