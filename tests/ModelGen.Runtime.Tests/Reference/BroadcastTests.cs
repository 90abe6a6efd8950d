using System;
using Xunit;

namespace ModelGen.Runtime.Tests.Reference;

public sealed class BroadcastTests
{
    [Fact]
    public void A_row_and_a_column_make_a_table()
    {
        Tensor column = Tensor.From(new float[,] { { 10 }, { 20 } });
        Tensor row = Tensor.From([1f, 2f, 3f]);
        Expect.Equal([2, 3], [11, 12, 13, 21, 22, 23], column + row);
        Expect.Equal([2, 3], [-9, -8, -7, -19, -18, -17], row - column);
    }

    [Fact]
    public void Axes_of_size_one_in_the_middle_are_repeated()
    {
        Tensor a = Tensor.From([1f, 2f, 3f, 4f], [2, 1, 2]);
        Tensor b = Tensor.From([10f, 20f], [2, 1]);
        Expect.Equal([2, 2, 2], [11, 12, 21, 22, 13, 14, 23, 24], a + b);
    }

    [Fact]
    public void A_number_meets_every_element()
    {
        Expect.Equal([2, 1], [3, 5], (2 * Tensor.From(new float[,] { { 1 }, { 2 } })) + 1);
    }

    [Fact]
    public void No_elements_stay_no_elements()
    {
        Expect.Equal([0, 3], [], Tensor.From(new float[0, 3]) + Tensor.From([1f, 2f, 3f]));
        Expect.Equal([0, 3], [], Tensor.From(new float[0, 3]) + Tensor.From(new float[1, 3]));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.From(new float[2, 3]) * Tensor.From(new float[4]));
        Assert.Equal("Mul: [2, 3] and [4] cannot be broadcast: 3 meets 4 at axis −1.", error.Message);
    }
}
