using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = sin(x)</c></summary>
internal readonly struct Sin : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Sin(x);
    }
}

/// <summary><c>y = cos(x)</c></summary>
internal readonly struct Cos : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Cos(x);
    }
}
