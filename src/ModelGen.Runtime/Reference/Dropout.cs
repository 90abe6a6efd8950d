using System;
using System.Numerics;
using ModelGen.Cpu;

namespace ModelGen.Reference;

/// <summary><c>yᵢ = xᵢ / (1 − p)</c> where the element's uniform number is <c>p</c> or more, else 0 (Srivastava et al. 2014)</summary>
/// <remarks>The numbers are multiples of 2⁻²⁴ and compared in float, so that every element type drops the same elements.</remarks>
internal readonly struct Dropout(double p, RandomStream random) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        var y = new NdArray<T>(x.Shape);
        T keep = T.CreateTruncating(1 - p);
        for (int i = 0; i < y.Values.Length; i++) y.Values[i] = random.Uniform((uint)i) >= (float)p ? x.Values[i] / keep : T.Zero;
        return y;
    }
}
