using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Reference;

namespace ModelGen;

public sealed partial class Tensor
{
    /// <summary>A copy of elements in row-major order.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="shape">The size of every axis; empty for a single number.</param>
    /// <returns>A tensor of that shape and of the elements' type.</returns>
    /// <exception cref="ArgumentException">The number of elements is not the product of the sizes.</exception>
    public static Tensor From(ReadOnlySpan<float> values, ReadOnlySpan<int> shape) => Of(Copy(values, shape));

    /// <inheritdoc cref="From(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public static Tensor From(ReadOnlySpan<double> values, ReadOnlySpan<int> shape) => Of(Copy(values, shape));

    /// <inheritdoc cref="From(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public static Tensor<int> From(ReadOnlySpan<int> values, ReadOnlySpan<int> shape) => new(Copy(values, shape));

    /// <summary>A single number as a tensor of rank 0.</summary>
    /// <param name="value">The number.</param>
    /// <returns>A tensor of the number's type.</returns>
    public static Tensor From(float value) => Of(Copy([value], []));

    /// <summary>A copy of an array, with the array's own shape.</summary>
    /// <param name="values">The elements.</param>
    /// <returns>A tensor of the array's shape and of the elements' type.</returns>
    public static Tensor From(float[] values) => Of(Copy(values, [values.Length]));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor From(float[,] values) => Of(Copy<float>(values));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor From(float[,,] values) => Of(Copy<float>(values));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor From(float[,,,] values) => Of(Copy<float>(values));

    /// <inheritdoc cref="From(float)"/>
    public static Tensor From(double value) => Of(Copy([value], []));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor From(double[] values) => Of(Copy(values, [values.Length]));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor From(double[,] values) => Of(Copy<double>(values));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor From(double[,,] values) => Of(Copy<double>(values));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor From(double[,,,] values) => Of(Copy<double>(values));

    /// <inheritdoc cref="From(float)"/>
    public static Tensor<int> From(int value) => new(Copy([value], []));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor<int> From(int[] values) => new(Copy(values, [values.Length]));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor<int> From(int[,] values) => new(Copy<int>(values));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor<int> From(int[,,] values) => new(Copy<int>(values));

    /// <inheritdoc cref="From(float[])"/>
    public static Tensor<int> From(int[,,,] values) => new(Copy<int>(values));

    private static NdArray<T> Copy<T>(Array values)
    {
        int[] shape = new int[values.Rank];
        for (int axis = 0; axis < shape.Length; axis++) shape[axis] = values.GetLength(axis);

        ref T first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values));
        return new([.. MemoryMarshal.CreateReadOnlySpan(ref first, values.Length)], shape);
    }

    private static NdArray<T> Copy<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> shape)
    {
        if (values.Length != Shapes.Count(shape))
            throw new ArgumentException($"{values.Length} elements do not fill the shape {Shapes.Text(shape)}.", nameof(values));

        return new([.. values], [.. shape]);
    }
}
