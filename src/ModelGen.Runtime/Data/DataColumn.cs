using System;
using System.Diagnostics.CodeAnalysis;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>All examples of one input, one after the other: floats or integers.</summary>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructors are the alternates.")]
public readonly struct DataColumn
{
    /// <summary>Initializes a new instance of the <see cref="DataColumn"/> struct of floats.</summary>
    /// <param name="values">The values; the caller's memory, which is not copied.</param>
    public DataColumn(ReadOnlyMemory<float> values) => (Floats, Type) = (values, ElementType.Float);

    /// <summary>Initializes a new instance of the <see cref="DataColumn"/> struct of integers.</summary>
    /// <param name="values">The values; the caller's memory, which is not copied.</param>
    public DataColumn(ReadOnlyMemory<int> values) => (Ints, Type) = (values, ElementType.Int);

    /// <summary>Gets what the values are.</summary>
    public ElementType Type { get; }

    /// <summary>Gets the number of values.</summary>
    public int Length => Type == ElementType.Int ? Ints.Length : Floats.Length;

    internal ReadOnlyMemory<float> Floats { get; }

    internal ReadOnlyMemory<int> Ints { get; }

    /// <summary>A column of floats.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator DataColumn(ReadOnlyMemory<float> values) => new(values);

    /// <summary>A column of floats.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator DataColumn(float[] values) => new(values);

    /// <summary>A column of integers.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator DataColumn(ReadOnlyMemory<int> values) => new(values);

    /// <summary>A column of integers.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator DataColumn(int[] values) => new(values);
}
