using System;
using System.Collections.Immutable;
using ModelGen.Entries;
using Xunit;

namespace ModelGen.Tests.Training;

public sealed class DimensionTests
{
    private static readonly ImmutableArray<string> Names = ["batch", "time"];

    [Theory]
    [InlineData("784", 784)]
    [InlineData("batch", 3)]
    [InlineData("2*time+1", 11)]
    [InlineData("batch*time - 4", 11)]
    [InlineData("(batch + 1)*(time - 2)", 12)]
    [InlineData("-batch + 2*-1*-time", 7)]
    [InlineData("batch*batch*0", 0)]
    public void A_polynomial_is_evaluated(string text, int expected) =>
        Assert.Equal(expected, Dimension.Parse(text).Evaluate(Names, [3, 5]));

    [Theory]
    [InlineData("")]
    [InlineData("2*")]
    [InlineData("(batch")]
    [InlineData("batch time")]
    [InlineData("batch/2")]
    [InlineData("2x")]
    [InlineData("99999999999999999999")]
    public void Anything_else_is_an_error(string text) => Assert.Throws<FormatException>(() => Dimension.Parse(text));

    [Fact]
    public void A_size_that_no_tensor_has_is_an_error()
    {
        Assert.Throws<OverflowException>(() => Dimension.Parse("batch-4").Evaluate(Names, [3, 5]));
        Assert.Throws<OverflowException>(() => Dimension.Parse("batch*time").Evaluate(Names, [65536, 65536]));
        Assert.Throws<OverflowException>(() => Dimension.Parse("batch*batch*batch").Evaluate(Names, [int.MaxValue, 1]));
        Assert.Throws<ArgumentException>(() => Dimension.Parse("width").Evaluate(Names, [3, 5]));
    }

    [Fact]
    public void Only_a_bare_name_has_a_name()
    {
        Assert.Equal("batch", Dimension.Parse("batch").Name);
        Assert.Null(Dimension.Parse("2*batch").Name);
        Assert.Null(Dimension.Parse("7").Name);
    }
}
