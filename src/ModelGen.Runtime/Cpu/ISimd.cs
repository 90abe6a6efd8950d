using System.Diagnostics.CodeAnalysis;

namespace ModelGen.Cpu;

/// <summary>Says which lanes of a vector a step of a loop works on: all of them, or the first few at the end of a row.</summary>
public interface ILanes
{
    /// <summary>Gets the number of lanes that hold elements.</summary>
    int Count<V>()
        where V : struct, ISimd<V>;
}

/// <summary>A vector of <see langword="float"/> values of some width. Kernels are written once, generic over it.</summary>
/// <remarks>
/// Implemented by <see cref="Simd512"/>, <see cref="Simd256"/>, <see cref="Simd128"/> and <see cref="Simd1"/>. Comparisons return masks:
/// a lane is all ones or all zeros, to be used by <see cref="Select"/>. Arithmetic follows IEEE 754; <see cref="Max"/> and <see cref="Min"/>
/// return NaN where either operand is NaN.
/// </remarks>
/// <typeparam name="V">The implementing vector.</typeparam>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "Static abstract members are the point.")]
public interface ISimd<V>
    where V : struct, ISimd<V>
{
    /// <summary>Gets the number of lanes.</summary>
    static abstract int Count { get; }

    static abstract V Zero { get; }

    static abstract V Broadcast(float value);

    /// <summary>The values first, first + 1, … of the lanes.</summary>
    static abstract V Iota(float first);

    static abstract V Load(Buffer<float> source, nint index);

    /// <summary>Loads the lanes in use; the others are zero, and their memory is not touched.</summary>
    static abstract V Load<L>(Buffer<float> source, nint index, L lanes)
        where L : struct, ILanes;

    /// <summary>Loads integers and converts them.</summary>
    static abstract V LoadInt<L>(Buffer<int> source, nint index, L lanes)
        where L : struct, ILanes;

    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    static abstract V Gather<L>(Buffer<float> source, nint index, nint stride, L lanes)
        where L : struct, ILanes;

    static abstract void Store(Buffer<float> destination, nint index, V value);

    static abstract void Store<L>(Buffer<float> destination, nint index, V value, L lanes)
        where L : struct, ILanes;

    /// <summary>Stores elements <paramref name="stride"/> apart.</summary>
    static abstract void Scatter<L>(Buffer<float> destination, nint index, nint stride, V value, L lanes)
        where L : struct, ILanes;

    /// <summary>The value in the lanes in use and <paramref name="otherwise"/> in the rest: what a reduction must see at a row's end.</summary>
    static abstract V Keep<L>(V value, V otherwise, L lanes)
        where L : struct, ILanes;

    static abstract V operator +(V a, V b);

    static abstract V operator -(V a, V b);

    static abstract V operator *(V a, V b);

    static abstract V operator /(V a, V b);

    static abstract V operator -(V a);

    /// <summary><c>a · b + c</c>, with one rounding where the hardware has it and two elsewhere.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    static abstract V Max(V a, V b);

    static abstract V Min(V a, V b);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    static abstract V Floor(V a);

    /// <summary>Rounds to the nearest integer, halves to even.</summary>
    static abstract V Round(V a);

    static abstract V Equal(V a, V b);

    static abstract V Greater(V a, V b);

    static abstract V GreaterEqual(V a, V b);

    static abstract V And(V a, V b);

    static abstract V Or(V a, V b);

    static abstract V Not(V a);

    static abstract V Select(V mask, V whenTrue, V whenFalse);

    /// <summary><c>a · 2ⁿ</c> for an integral <paramref name="n"/> from −252 to 254, exact where the result is normal.</summary>
    static abstract V Scale(V a, V n);

    /// <summary>Splits a positive normal number into a mantissa in [√½, √2) and an exponent.</summary>
    static abstract V Mantissa(V a, out V exponent);

    /// <summary>Uniform numbers in [0, 1) with 24 random bits for the elements first, first + 1, …: see <see cref="RandomStream"/>.</summary>
    static abstract V Uniform(in RandomStream stream, uint first);

    /// <summary>The sum of all lanes, in a fixed order.</summary>
    static abstract float Sum(V a);

    static abstract float Max(V a);

    static abstract float Min(V a);
}
