using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = ⌊x⌋</c></summary>
internal readonly struct Floor : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Floor(x);
    }
}

/// <summary><c>y = ⌈x⌉</c></summary>
internal readonly struct Ceil : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Ceiling(x);
    }
}

/// <summary><c>the nearest whole number; halves to the even one</c></summary>
internal readonly struct Round : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Round(x, MidpointRounding.ToEven);
    }
}

/// <summary><c>y = 1, −1 or 0, as x is above, below or neither</c></summary>
internal readonly struct Sign : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return x > T.Zero ? T.One : x < T.Zero ? -T.One : T.Zero;
    }
}
