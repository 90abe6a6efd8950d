using System;

namespace ModelGen;

/// <summary>Adds a learned row for each position: <c>y[.., t, i] = x[.., t, i] + weight[t, i]</c>.</summary>
/// <remarks>
/// The input is <c>[.., time, in]</c>; a time of more than the length is an error, of the build where it is a number and else of the call. Parameter:
/// <c>weight [length, in]</c>, which starts normal with deviation 1 unless <see cref="Init"/> says otherwise.
/// </remarks>
/// <param name="length">The greatest number of positions.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PositionAttribute(int length) : LayerAttribute
{
    /// <summary>Gets the greatest number of positions.</summary>
    public int Length { get; } = length;

    /// <summary>Gets or sets the distribution of the first values.</summary>
    public Init Init { get; set; }

    /// <summary>Gets or sets the factor on the first values.</summary>
    public double InitScale { get; set; } = 1;
}
