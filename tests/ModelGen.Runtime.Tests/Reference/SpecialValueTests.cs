using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Reference;

public sealed class SpecialValueTests
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Fact]
    public void Maximum_and_Relu_pass_NaN_on_from_either_side()
    {
        Tensor a = Tensor.From([NaN, 1, NaN, 1]), b = Tensor.From([1, NaN, NaN, 2]);
        Expect.Equal([4], [NaN, NaN, NaN, 2], Maximum(a, b));
        Expect.Equal([4], [NaN, 1, NaN, 1], Relu(a));
    }

    [Fact]
    public void Max_passes_NaN_on_wherever_it_stands()
    {
        Tensor x = Tensor.From(new[,] { { NaN, 1, 2 }, { 1, 2, NaN }, { 3, 1, 2 } });
        Expect.Equal([3], [NaN, NaN, 3], Max(x, 1));
        Expect.Number(NaN, Max(x));
    }

    [Fact]
    public void Activations_have_their_limits_at_infinity()
    {
        Tensor ends = Tensor.From([-Infinity, Infinity]);
        Expect.Equal([2], [0, 1], Sigmoid(ends));
        Expect.Equal([2], [-1, 1], Tanh(ends));
        Expect.Equal([2], [0, Infinity], Relu(ends));
        Expect.Equal([2], [0, Infinity], Exp(ends));
    }

    [Fact]
    public void Sigmoid_keeps_the_digits_of_small_values()
    {
        Expect.Number(4.248354255291589e-18, Sigmoid(Tensor.From(-40.0)), 1e-32);
    }

    [Fact]
    public void Softmax_of_large_logits_does_not_overflow()
    {
        Tensor x = Tensor.From([1000f, 1000f]);
        Expect.Equal([2], [0.5, 0.5], Softmax(x));
        Expect.Equal([2], [-0.6931472, -0.6931472], LogSoftmax(x), 1e-7);
    }

    [Fact]
    public void Softmax_gives_nothing_to_minus_infinity_unless_there_is_nothing_else()
    {
        Expect.Equal([2], [0, 1], Softmax(Tensor.From([-Infinity, 3])));
        Expect.Equal([2], [NaN, NaN], Softmax(Tensor.From([-Infinity, -Infinity])));
    }

    [Fact]
    public void Sums_of_nothing_are_zero_and_means_of_nothing_NaN()
    {
        Tensor x = Tensor.From(new float[2, 0]);
        Expect.Equal([2], [0, 0], Sum(x, 1));
        Expect.Equal([2], [NaN, NaN], Mean(x, 1));
        Expect.Equal([0], [], Max(x, 0));
    }
}
