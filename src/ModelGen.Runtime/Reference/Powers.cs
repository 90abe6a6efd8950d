using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = |x|</c></summary>
internal readonly struct Abs : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Abs(x);
    }
}

/// <summary><c>y = x²</c></summary>
internal readonly struct Square : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return x * x;
    }
}

/// <summary><c>y = 1 / √x</c></summary>
internal readonly struct Rsqrt : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.One / T.Sqrt(x);
    }
}

/// <summary><c>y = min(a, b); NaN where either is NaN</c></summary>
internal readonly struct Minimum : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return T.Min(a, b);
    }
}
