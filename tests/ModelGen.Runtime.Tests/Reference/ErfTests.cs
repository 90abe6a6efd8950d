using ModelGen.Reference;
using Xunit;

namespace ModelGen.Runtime.Tests.Reference;

public sealed class ErfTests
{
    /// <summary>Expected values were computed to 40 digits with mpmath.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-300, 1.1283791670955126e-300)]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.25, 0.27632639016823693)]
    [InlineData(0.5, 0.52049987781304654)]
    [InlineData(0.75, 0.71115563365351513)]
    [InlineData(0.9, 0.79690821242283214)]
    [InlineData(1, 0.84270079294971487)]
    [InlineData(1.25, 0.92290012825645823)]
    [InlineData(1.5, 0.96610514647531073)]
    [InlineData(1.75, 0.98667167121918244)]
    [InlineData(1.9, 0.99279042923525747)]
    [InlineData(1.999999, 0.99532224435192605)]
    [InlineData(2, 0.99532226501895273)]
    [InlineData(2.0000001, 0.99532226708565085)]
    [InlineData(2.5, 0.99959304798255504)]
    [InlineData(3, 0.99997790950300141)]
    [InlineData(4, 0.9999999845827421)]
    [InlineData(5, 0.99999999999846254)]
    [InlineData(6.5, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Erf_is_right_to_the_last_digits_and_odd(double x, double expected)
    {
        Assert.InRange(Erf.Of(x), expected * (1 - 1e-15), expected * (1 + 1e-15));
        Assert.Equal(-Erf.Of(x), Erf.Of(-x));
    }

    [Fact]
    public void Erf_of_NaN_is_NaN() => Assert.True(double.IsNaN(Erf.Of(double.NaN)));

    [Fact]
    public void Erf_in_float_is_the_rounded_double() => Assert.Equal((float)Erf.Of((double)0.3f), Erf.Of(0.3f));
}
