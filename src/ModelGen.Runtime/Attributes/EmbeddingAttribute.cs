using System;

namespace ModelGen;

/// <summary>A table that is looked up: <c>y[.., i] = weight[x[..], i]</c> for whole numbers <c>x</c>, such as words of a vocabulary.</summary>
/// <remarks>
/// The method takes a <see cref="Tensor{T}"/> of <see langword="int"/>; an index that is not below the count is an error of the call. Parameter:
/// <c>weight [count, width]</c>, as in PyTorch's <c>Embedding</c>, which starts normal with deviation 1 unless <see cref="Init"/> says otherwise.
/// </remarks>
/// <param name="count">The number of rows: every index is below it.</param>
/// <param name="width">The length of a row: the size of the output's last axis.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute(int count, int width) : LayerAttribute
{
    /// <summary>Gets the number of rows.</summary>
    public int Count { get; } = count;

    /// <summary>Gets the length of a row.</summary>
    public int Width { get; } = width;

    /// <summary>Gets or sets the distribution of the first values.</summary>
    public Init Init { get; set; }

    /// <summary>Gets or sets the factor on the first values.</summary>
    public double InitScale { get; set; } = 1;
}
