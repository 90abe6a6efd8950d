using System;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Reference;

public sealed class LossTests
{
    private static readonly double[,] Logits = { { 2, 1, 0.1 }, { 0.5, 2.5, 3 } };

    [Fact]
    public void SoftmaxCrossEntropy_is_the_mean_over_the_rows()
    {
        Expect.Number(0.47046953622887057, SoftmaxCrossEntropy(Tensor.From(Logits), Tensor.From([0, 2])), 1e-15);
    }

    [Fact]
    public void SoftmaxCrossEntropy_takes_any_number_of_leading_axes()
    {
        Tensor logits = Reshape(Tensor.From(Logits), 2, 1, 3);
        Expect.Number(0.47046953622887057, SoftmaxCrossEntropy(logits, Tensor.From(new[,] { { 0 }, { 2 } })), 1e-15);
        Tensor one = Tensor.From([0.0, 0.0]);
        Expect.Number(Math.Log(2), SoftmaxCrossEntropy(one, Tensor.From(1)), 1e-15);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_target_that_is_no_class_is_named_with_its_position(int wrong)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy(Tensor.From(Logits), Tensor.From([0, wrong])));
        Assert.StartsWith($"SoftmaxCrossEntropy: the target at [1] is {wrong}; classes are 0 to 2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_of_another_shape_are_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy(Tensor.From(Logits), Tensor.From([0, 1, 2])));
        Assert.Equal("SoftmaxCrossEntropy: logits [2, 3] need one target per row; the target is [3].", error.Message);
        Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy(1, Tensor.From(0)));
    }

    [Fact]
    public void Mse_is_the_mean_square()
    {
        Expect.Number(2.5, Mse(Tensor.From([1.0, 2.0]), Tensor.From([2.0, 4.0])));
        Expect.Number(5, Mse(Tensor.From(new[,] { { 1.0, 3.0 } }), 0));
    }

    [Fact]
    public void Mse_does_not_broadcast_a_row_over_a_column()
    {
        var error = Assert.Throws<ArgumentException>(() => Mse(Tensor.From(new float[2, 1]), Tensor.From(new float[2])));
        Assert.Equal("Mse: the shapes [2, 1] and [2] differ.", error.Message);
    }

    [Fact]
    public void BinaryCrossEntropy_is_the_mean_over_all_elements()
    {
        Tensor logits = Tensor.From([2.0, -1.0, 0.5]), target = Tensor.From([1.0, 0.25, 0.0]);
        Expect.Number(0.55475556091376734, BinaryCrossEntropy(logits, target), 1e-15);
    }

    [Fact]
    public void BinaryCrossEntropy_keeps_small_values_and_does_not_overflow()
    {
        Expect.Number(4.248354255291589e-18, BinaryCrossEntropy(Tensor.From([-40.0]), 0), 1e-32);
        Expect.Number(800, BinaryCrossEntropy(Tensor.From([800.0]), 0));
    }
}
