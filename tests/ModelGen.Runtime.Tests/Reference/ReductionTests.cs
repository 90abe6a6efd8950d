using System;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Reference;

public sealed class ReductionTests
{
    /// <summary>[[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]</summary>
    private static readonly Tensor X = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f], [2, 3, 2]);

    [Fact]
    public void Over_all_axes()
    {
        Expect.Number(78, Sum(X));
        Expect.Number(6.5, Mean(X));
        Expect.Number(12, Max(X));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-2)]
    public void Along_one_axis(int axis)
    {
        Expect.Equal([2, 2], [9, 12, 27, 30], Sum(X, axis));
        Expect.Equal([2, 2], [3, 4, 9, 10], Mean(X, axis));
        Expect.Equal([2, 2], [5, 6, 11, 12], Max(X, axis));
        Expect.Equal([2, 1, 2], [9, 12, 27, 30], Sum(X, axis, keepDims: true));
    }

    [Fact]
    public void Along_several_axes()
    {
        Expect.Equal([3], [18, 26, 34], Sum(X, [0, -1]));
        Expect.Equal([1, 3, 1], [4.5, 6.5, 8.5], Mean(X, [2, 0], keepDims: true));
        Expect.Equal([2], [6, 12], Max(X, [1, 2]));
    }

    [Fact]
    public void An_axis_that_does_not_exist_is_named()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Sum(X, 3));
        Assert.StartsWith("Sum: the shape [2, 3, 2] has no axis 3.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Mean(X, -4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Max(Tensor.From(1f), 0));
    }

    [Fact]
    public void An_axis_named_twice_or_no_axis_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => Sum(X, [1, -2]));
        Assert.Throws<ArgumentException>(() => Sum(X, []));
    }

    [Fact]
    public void There_is_no_greatest_of_nothing()
    {
        Assert.Throws<ArgumentException>(() => Max(Tensor.From(new float[2, 0]), 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Softmax_and_LogSoftmax(bool isDouble)
    {
        (Tensor x, double tolerance) = Expect.InType(isDouble, 1, 2, 3);
        Expect.Equal([3], [0.090030573170380458, 0.24472847105479765, 0.66524095577482189], Softmax(x), tolerance);
        Expect.Equal([3], [-2.4076059644443803, -1.4076059644443803, -0.4076059644443803], LogSoftmax(x), tolerance);
    }

    [Fact]
    public void Softmax_sums_to_one_along_the_axis_that_is_named()
    {
        Tensor y = Softmax(X.ToDouble(), axis: 1);
        Expect.Equal([2, 2], [1, 1, 1, 1], Sum(y, 1), 1e-15);
        Expect.Equal([2, 3, 2], y.ToDoubleArray(), Exp(LogSoftmax(X.ToDouble(), axis: -2)), 1e-15);
    }
}
