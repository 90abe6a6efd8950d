using System;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Reference;

public sealed class MatMulTests
{
    private static readonly Tensor A = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
    private static readonly Tensor B = Tensor.From(new float[,] { { 1, 0 }, { 0, 1 }, { 2, 2 } });

    [Fact]
    public void Matrix_times_matrix() => Expect.Equal([2, 2], [7, 8, 16, 17], MatMul(A, B));

    [Fact]
    public void A_vector_on_the_left_is_a_row() => Expect.Equal([2], [5, 6], MatMul(Tensor.From([1f, 2f, 2f]), B));

    [Fact]
    public void A_vector_on_the_right_is_a_column() => Expect.Equal([2], [14, 32], MatMul(A, Tensor.From([1f, 2f, 3f])));

    [Fact]
    public void Vector_times_vector_is_a_number() => Expect.Number(14, MatMul(Tensor.From([1f, 2f, 3f]), Tensor.From([1f, 2f, 3f])));

    [Fact]
    public void Leading_axes_are_broadcast()
    {
        Tensor a = Tensor.From([1f, 2f, 3f, 4f], [2, 1, 1, 2]);
        Tensor b = Tensor.From([1f, 1f, 2f, 0f, 0f, 5f], [3, 2, 1]);
        Expect.Equal([2, 3, 1, 1], [3, 2, 10, 7, 6, 20], MatMul(a, b));
    }

    [Fact]
    public void Batches_of_vectors()
    {
        Tensor batch = Tensor.From([1f, 2f, 3f, 4f], [2, 2, 1]);
        Expect.Equal([2, 1], [3, 7], MatMul(Tensor.From([1f, 1f]), batch));
        Expect.Equal([2, 2], [2, 4, 6, 8], MatMul(batch, Tensor.From([2f])));
    }

    [Fact]
    public void An_inner_size_of_zero_gives_zeros()
    {
        Expect.Equal([1, 2], [0, 0], MatMul(Tensor.From(new float[1, 0]), Tensor.From(new float[0, 2])));
    }

    [Fact]
    public void No_rows_give_no_rows() => Expect.Equal([0, 2], [], MatMul(Tensor.From(new float[0, 3]), B));

    [Fact]
    public void Inner_sizes_that_differ_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => MatMul(A, A));
        Assert.Equal("MatMul: [2, 3] · [2, 3]: the inner sizes 3 and 2 differ.", error.Message);
    }

    [Fact]
    public void Numbers_and_batches_that_do_not_fit_are_errors()
    {
        Assert.Throws<ArgumentException>(() => MatMul(A, 2));
        Assert.Throws<ArgumentException>(() => MatMul(Tensor.From(new float[2, 1, 1]), Tensor.From(new float[3, 1, 1])));
    }
}
