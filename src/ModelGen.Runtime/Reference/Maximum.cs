using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = max(a, b); NaN where either is NaN</c></summary>
internal readonly struct Maximum : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return T.Max(a, b);
    }
}

/// <summary><c>y = max(x, 0); NaN stays NaN</c></summary>
internal readonly struct Relu : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Max(x, T.Zero);
    }
}
