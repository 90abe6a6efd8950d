using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = erf(x) = 2/√π · ∫₀ˣ e^(−t²) dt</c>, to 10⁻¹⁵</summary>
/// <remarks>Numbers of formulae are those of Abramowitz and Stegun, Handbook of Mathematical Functions (1964), chapter 7.</remarks>
internal readonly struct Erf : IElementwise
{
    /// <summary>Enough for the error at x = 2, where the fraction converges slowest, to vanish in a double.</summary>
    private const int FractionTerms = 60;

    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.CreateTruncating(Of(double.CreateTruncating(x)));
    }

    public static double Of(double x)
    {
        double size = Math.Abs(x);
        double y = size < 2 ? Series(size) : 1 - Fraction(size);
        return Math.CopySign(y, x);
    }

    /// <summary>7.1.6: <c>erf(x) = 2/√π · e^(−x²) · Σₙ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1))</c>; all terms are positive, so none cancel.</summary>
    private static double Series(double x)
    {
        double sum = 0;
        double term = x;
        for (int n = 1; sum + term != sum; n++)
        {
            sum += term;
            term *= 2 * x * x / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * Gauss(x) * sum;
    }

    /// <summary>7.1.14: <c>√π · e^(x²) · erfc(x) = 1/(x + ½/(x + 1/(x + 3⁄2/(x + 2/(x + …)))))</c>, evaluated from the inside.</summary>
    private static double Fraction(double x)
    {
        double tail = x;
        for (int n = FractionTerms; n >= 1; n--) tail = x + (n / 2.0 / tail);
        return Gauss(x) / (Math.Sqrt(Math.PI) * tail);
    }

    /// <summary><c>e^(−x²)</c> with what rounding x² lost put back: <c>e^(−h−l) ≈ e^(−h) · (1 − l)</c>.</summary>
    private static double Gauss(double x)
    {
        double high = x * x;
        double low = Math.FusedMultiplyAdd(x, x, -high);
        return double.IsInfinity(high) ? 0 : Math.Exp(-high) * (1 - low);
    }
}
