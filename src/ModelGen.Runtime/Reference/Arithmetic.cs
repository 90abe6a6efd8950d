using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = a + b</c></summary>
internal readonly struct Add : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a + b;
    }
}

/// <summary><c>y = a − b</c></summary>
internal readonly struct Sub : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a - b;
    }
}

/// <summary><c>y = a · b</c></summary>
internal readonly struct Mul : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a * b;
    }
}

/// <summary><c>y = a / b</c></summary>
internal readonly struct Div : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return a / b;
    }
}

/// <summary><c>y = −x</c></summary>
internal readonly struct Neg : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return -x;
    }
}
