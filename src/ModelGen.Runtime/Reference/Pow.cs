using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = aᵇ</c></summary>
internal readonly struct Pow : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return T.Pow(a, b);
    }
}

/// <summary><c>y = xᵉ</c> with one number for all elements; halves are roots</summary>
internal readonly struct PowNumber(double exponent) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        T power = T.CreateTruncating(exponent);
        return exponent switch
        {
            0.5 => inputs[0].Select(T.Sqrt),
            -0.5 => inputs[0].Select(Rsqrt.Of),
            _ => inputs[0].Select(x => T.Pow(x, power)),
        };
    }
}
