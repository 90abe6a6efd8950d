using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = x · sigmoid(x)</c></summary>
internal readonly struct Silu : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return x * Sigmoid.Of(x);
    }
}
