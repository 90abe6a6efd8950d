using System;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>The error function in double precision.</summary>
internal static class ErrorFunction
{
    /// <summary>A power series below 3, a continued fraction of the complement above.</summary>
    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        double result = size < 3 ? Series(size) : size > 7 ? 1 : 1 - Complement(size);
        return Math.CopySign(result, x);
    }

    // erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 100 && term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Complement(double x)
    {
        double fraction = x;
        for (int n = 60; n > 0; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
