using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ModelGen;

/// <summary>An immutable array of real numbers with a shape, in row-major order. In model code it stands for a value of the network.</summary>
/// <remarks>
/// The elements are of type <see langword="float"/> or, for exact comparisons, <see langword="double"/>; an operation on both gives
/// <see langword="double"/>. A C# number that becomes a tensor takes the element type of the tensor that it meets: <c>0.1 * x</c> is of
/// <c>x</c>'s type. There is no <c>==</c>: <see cref="Functional.Equal"/> compares elements.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class Tensor
{
    /// <summary>Gets the size of every axis.</summary>
    public ImmutableArray<int> Shape => throw new NotImplementedException();

    /// <summary>Gets the number of axes.</summary>
    public int Rank => Shape.Length;

    /// <summary>Gets the part at a position or range of each axis; axes that are not named are taken whole.</summary>
    /// <param name="indices">For each axis an index, which drops it, or a range, which keeps it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index or range lies outside its axis, or there are more of them than axes.</exception>
    [IndexerName("Part")]
    public Tensor this[params TensorIndex[] indices] => throw new NotImplementedException();
}
