using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = x</c> where x is above 0, else <c>alpha · (eˣ − 1)</c> (Clevert, Unterthiner and Hochreiter 2015)</summary>
internal readonly struct Elu(double alpha) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        T factor = T.CreateTruncating(alpha);
        return inputs[0].Select(x => Of(x, factor));
    }

    public static T Of<T>(T x, T alpha)
        where T : IFloatingPointIeee754<T>
    {
        return x > T.Zero ? x : alpha * Expm1.Of(x);
    }
}

/// <summary><c>y = scale · elu(x, alpha)</c> with two constants (Klambauer et al. 2017)</summary>
internal readonly struct Selu : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T alpha = T.CreateTruncating(1.6732632423543772), scale = T.CreateTruncating(1.0507009873554805);
        return scale * Elu.Of(x, alpha);
    }
}
