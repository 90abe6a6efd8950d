using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = x</c> where x is above 0, else <c>slope · x</c></summary>
internal readonly struct LeakyRelu(double slope) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        T below = T.CreateTruncating(slope);
        return inputs[0].Select(x => x > T.Zero ? x : below * x);
    }
}

/// <summary><c>y = x</c>, or the bound that x is beyond; NaN stays NaN</summary>
internal readonly struct Clamp(double low, double high) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        T least = T.CreateTruncating(low), most = T.CreateTruncating(high);
        return inputs[0].Select(x => x < least ? least : x > most ? most : x);
    }
}

/// <summary><c>y = max(0, min(1, x/6 + 1/2))</c></summary>
internal readonly struct HardSigmoid : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T line = (x / T.CreateChecked(6)) + (T.One / T.CreateChecked(2));
        return T.Max(T.Min(line, T.One), T.Zero);
    }
}

/// <summary><c>y = x · max(0, min(1, x/6 + 1/2))</c> (Howard et al. 2019)</summary>
internal readonly struct HardSwish : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return x * HardSigmoid.Of(x);
    }
}
