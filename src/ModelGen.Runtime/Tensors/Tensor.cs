using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>An immutable array of real numbers with a shape, in row-major order. In model code it stands for a value of the network.</summary>
/// <remarks>
/// The elements are of type <see langword="float"/> or, for exact comparisons, <see langword="double"/>; an operation on both gives
/// <see langword="double"/>. A C# number that becomes a tensor takes the element type of the tensor that it meets: <c>0.1 * x</c> is of
/// <c>x</c>'s type. There is no <c>==</c>: <see cref="Functional.Equal"/> compares elements.
/// </remarks>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed partial class Tensor
{
    /// <summary>An <c>NdArray</c> of float or of double.</summary>
    private readonly object array;

    /// <summary>Whether this was a number in the source, whose element type does not count.</summary>
    private readonly bool isNumber;

    private Tensor(object array, int[] shape, bool isNumber)
    {
        this.array = array;
        this.isNumber = isNumber;
        Shape = ImmutableCollectionsMarshal.AsImmutableArray(shape);
    }

    /// <summary>Gets the size of every axis.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Gets the number of axes.</summary>
    public int Rank => Shape.Length;

    /// <summary>Gets the number of elements.</summary>
    public int Count => Shapes.Count(Shape.AsSpan());

    /// <summary>Gets a value indicating whether the elements are of type <see langword="double"/>.</summary>
    public bool IsDouble => array is NdArray<double>;

    private string DebuggerText => ToString().Replace('\n', ' ');

    /// <summary>Gets the part at a position or range of each axis; axes that are not named are taken whole.</summary>
    /// <param name="indices">For each axis an index, which drops it, or a range, which keeps it.</param>
    /// <returns>A tensor with the axes of the ranges and those that are not named.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index or range lies outside its axis, or there are more of them than axes.</exception>
    [IndexerName("Part")]
    public Tensor this[params TensorIndex[] indices] => Apply(new Part(indices), this);

    /// <summary>The only element.</summary>
    /// <returns>Its value.</returns>
    /// <exception cref="InvalidOperationException">There are none or several elements.</exception>
    public double Item() => TensorText.Only(As<double>());

    /// <summary>Copies the elements in row-major order, rounded to <see langword="float"/> where they are of type <see langword="double"/>.</summary>
    /// <returns>A new array.</returns>
    public float[] ToArray() => [.. As<float>().Values];

    /// <summary>Copies the elements in row-major order.</summary>
    /// <returns>A new array.</returns>
    public double[] ToDoubleArray() => [.. As<double>().Values];

    /// <summary>The same elements as <see langword="double"/>.</summary>
    /// <returns>A tensor of the same shape.</returns>
    public Tensor ToDouble() => Of(As<double>());

    /// <summary>The same elements rounded to <see langword="float"/>.</summary>
    /// <returns>A tensor of the same shape.</returns>
    public Tensor ToSingle() => Of(As<float>());

    /// <summary>The shape, and the elements as nested lists; long axes are shortened in the middle.</summary>
    /// <returns>Text of several lines.</returns>
    public override string ToString() => IsDouble ? TensorText.Of("double", As<double>()) : TensorText.Of("float", As<float>());

    internal static Tensor Of<T>(NdArray<T> array) => new(array, array.Shape, isNumber: false);

    /// <summary>Runs an operation in double where an input is double, numbers aside, or the eager mode asks for it; else in float.</summary>
    internal static Tensor Apply<TOperation>(TOperation operation, params ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        bool onlyNumbers = true, anyDouble = EagerContext.Mode.Double;
        foreach (Tensor input in inputs)
        {
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
            onlyNumbers &= input.isNumber;
            anyDouble |= input.IsDouble && !input.isNumber;
        }

        return onlyNumbers || anyDouble
            ? Run<TOperation, double>(operation, inputs, onlyNumbers)
            : Run<TOperation, float>(operation, inputs, isNumber: false);
    }

    /// <summary>Runs an operation whose result are whole numbers.</summary>
    internal static Tensor<int> ApplyWhole<TOperation>(TOperation operation, Tensor x)
        where TOperation : struct, IOperation
    {
        return new(Apply(operation, x).As<double>().Select(int.CreateChecked));
    }

    private static Tensor Run<TOperation, T>(TOperation operation, ReadOnlySpan<Tensor> inputs, bool isNumber)
        where TOperation : struct, IOperation
        where T : IFloatingPointIeee754<T>
    {
        var arrays = new NdArray<T>[inputs.Length];
        for (int i = 0; i < arrays.Length; i++) arrays[i] = inputs[i].As<T>();

        NdArray<T> result = operation.Run<T>(arrays);
        return new(result, result.Shape, isNumber);
    }

    private static Tensor Number(double value) => new(new NdArray<double>([value], []), [], isNumber: true);

    private NdArray<T> As<T>()
        where T : IFloatingPointIeee754<T>
    {
        return array as NdArray<T>
            ?? (array as NdArray<float>)?.Select(T.CreateTruncating)
            ?? ((NdArray<double>)array).Select(T.CreateTruncating);
    }
}
