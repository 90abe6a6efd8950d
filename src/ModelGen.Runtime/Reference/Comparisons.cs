using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = a &gt; b ? 1 : 0</c></summary>
internal readonly struct Greater : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a > b ? T.One : T.Zero;
    }
}

/// <summary><c>y = a ≥ b ? 1 : 0</c></summary>
internal readonly struct GreaterEqual : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a >= b ? T.One : T.Zero;
    }
}

/// <summary><c>y = a &lt; b ? 1 : 0</c></summary>
internal readonly struct Less : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a < b ? T.One : T.Zero;
    }
}

/// <summary><c>y = a ≤ b ? 1 : 0</c></summary>
internal readonly struct LessEqual : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a <= b ? T.One : T.Zero;
    }
}

/// <summary><c>y = a = b ? 1 : 0</c></summary>
internal readonly struct Equal : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a == b ? T.One : T.Zero;
    }
}

/// <summary><c>y = a ≠ b ? 1 : 0; a NaN differs from everything</c></summary>
internal readonly struct NotEqual : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a != b ? T.One : T.Zero;
    }
}
