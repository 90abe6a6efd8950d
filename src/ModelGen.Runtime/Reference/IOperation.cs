using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary>A word with its settings: one plain loop for every element type.</summary>
internal interface IOperation
{
    NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>;
}

/// <summary>A formula of one element.</summary>
internal interface IElementwise
{
    static abstract T Of<T>(T x)
        where T : IFloatingPointIeee754<T>;
}

/// <summary>A formula of two elements at the same position.</summary>
internal interface IPairwise
{
    static abstract T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>;
}
