using System.Collections.Immutable;
using Xunit;

namespace ModelGen.Runtime.Tests.Reference;

/// <summary>Compares tensors with values calculated by hand.</summary>
internal static class Expect
{
    public static void Equal(int[] shape, double[] values, Tensor actual, double tolerance = 0)
    {
        Shape(shape, actual.Shape);
        double[] found = actual.ToDoubleArray();
        Assert.Equal(values.Length, found.Length);
        for (int i = 0; i < values.Length; i++)
        {
            bool same = values[i].Equals(found[i]) || System.Math.Abs(values[i] - found[i]) <= tolerance;
            Assert.True(same, $"element {i} is {found[i]:R}, not {values[i]:R}, in {actual}");
        }
    }

    public static void Shape(int[] expected, ImmutableArray<int> actual) => Assert.Equal(expected, actual);

    public static void Number(double value, Tensor actual, double tolerance = 0) => Equal([], [value], actual, tolerance);

    /// <summary>Runs a test in both element types.</summary>
    public static (Tensor Values, double Tolerance) InType(bool isDouble, params double[] values)
    {
        Tensor x = Tensor.From(values);
        return isDouble ? (x, 1e-15) : (x.ToSingle(), 2e-6);
    }
}
