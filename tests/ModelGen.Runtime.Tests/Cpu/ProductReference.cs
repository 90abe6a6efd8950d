using System;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>The product in double precision.</summary>
internal static class ProductReference
{
    /// <summary>One element, and the sum of the sizes of its terms: what its error is measured by.</summary>
    public static (double Exact, double Size) Element(
        int row, int column, int m, int n, int k, ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB)
    {
        double exact = 0, size = 1e-30;
        for (int p = 0; p < k; p++)
        {
            double term = (double)a[transposeA ? (p * m) + row : (row * k) + p] * b[transposeB ? (column * k) + p : (p * n) + column];
            exact += term;
            size += Math.Abs(term);
        }

        return (exact, size);
    }
}
