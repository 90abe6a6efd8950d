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

/// <summary><c>y = ln x</c></summary>
internal readonly struct Log : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Log(x);
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
