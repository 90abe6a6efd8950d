using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = 1 / (1 + e⁻ˣ)</c></summary>
/// <remarks>Below 0 it is written as <c>eˣ / (1 + eˣ)</c>, so that small values keep their digits.</remarks>
internal readonly struct Sigmoid : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        if (x >= T.Zero) return T.One / (T.One + T.Exp(-x));

        T e = T.Exp(x);
        return e / (T.One + e);
    }
}
