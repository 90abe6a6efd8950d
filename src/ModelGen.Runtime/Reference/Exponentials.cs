using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = eˣ</c></summary>
internal readonly struct Exp : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Exp(x);
    }
}

/// <summary><c>y = eˣ − 1 = 2 · e^(x/2) · sinh(x/2)</c>, in double; by the second no digits are lost near 0</summary>
internal readonly struct Expm1 : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        double power = double.CreateTruncating(x);
        return T.CreateTruncating(power < -1 ? Math.Exp(power) - 1 : 2 * Math.Exp(power / 2) * Math.Sinh(power / 2));
    }
}

/// <summary><c>y = ln x</c></summary>
internal readonly struct Log : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Log(x);
    }
}

/// <summary><c>y = ln(1 + x)</c>, in double; where the sum rounds x away, its logarithm is corrected by what was lost (Goldberg 1991, theorem 4)</summary>
internal readonly struct Log1p : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.CreateTruncating(Of(double.CreateTruncating(x)));
    }

    public static double Of(double x)
    {
        double sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(x) ? x : x * (Math.Log(sum) / (sum - 1));
    }
}

/// <summary><c>y = √x</c></summary>
internal readonly struct Sqrt : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Sqrt(x);
    }
}

/// <summary><c>y = tanh(x)</c></summary>
internal readonly struct Tanh : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Tanh(x);
    }
}
