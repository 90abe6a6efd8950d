using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = ln(1 + e^(beta · x)) / beta</c>, or x where <c>beta · x</c> is above the threshold (Dugas et al. 2001)</summary>
internal readonly struct Softplus(double beta, double threshold) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        T factor = T.CreateTruncating(beta), line = T.CreateTruncating(threshold);
        return inputs[0].Select(x => factor * x > line ? x : Of(factor * x) / factor);
    }

    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return T.Max(x, T.Zero) + Log1p.Of(T.Exp(-T.Abs(x)));
    }
}

/// <summary><c>y = x · tanh(ln(1 + eˣ))</c> (Misra 2019)</summary>
internal readonly struct Mish : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        return x * T.Tanh(Softplus.Of(x));
    }
}
