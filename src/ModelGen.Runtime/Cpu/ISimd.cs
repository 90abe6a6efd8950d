using System.Diagnostics.CodeAnalysis;

namespace ModelGen.Cpu;

/// <summary>A vector of <see langword="float"/> values of some width. Kernels are written once, generic over it.</summary>
/// <remarks>
/// Implemented by <see cref="Simd512"/>, <see cref="Simd256"/>, <see cref="Simd128"/> and <see cref="Simd1"/>. Comparisons return masks:
/// a lane is all ones or all zeros, to be used by <see cref="Select"/>. Arithmetic follows IEEE 754; <see cref="Max(V, V)"/> and
/// <see cref="Min(V, V)"/> return NaN where either operand is NaN. Buffers are indexed in elements and need not be aligned.
/// </remarks>
/// <typeparam name="V">The implementing vector.</typeparam>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "Static abstract members are the point.")]
public interface ISimd<V>
    where V : struct, ISimd<V>
{
    /// <summary>Gets the number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Gets a vector of zeros.</summary>
    static abstract V Zero { get; }

    /// <summary>The value in every lane.</summary>
    /// <param name="value">The value.</param>
    static abstract V Broadcast(float value);

    /// <summary>The values first, first + 1, … of the lanes.</summary>
    /// <param name="first">The value of lane 0.</param>
    static abstract V Iota(float first);

    /// <summary>Loads a whole vector.</summary>
    /// <param name="source">Where the values lie.</param>
    /// <param name="index">The element that becomes lane 0.</param>
    static abstract V Load(Buffer<float> source, nint index);

    /// <summary>Loads the lanes in use; the others are zero, and their memory is not touched.</summary>
    /// <param name="source">Where the values lie.</param>
    /// <param name="index">The element that becomes lane 0.</param>
    /// <param name="lanes">The lanes in use.</param>
    static abstract V Load<L>(Buffer<float> source, nint index, L lanes)
        where L : struct, ILanes;

    /// <summary>Loads integers and converts them; lanes not in use are zero.</summary>
    /// <param name="source">Where the integers lie.</param>
    /// <param name="index">The element that becomes lane 0.</param>
    /// <param name="lanes">The lanes in use.</param>
    static abstract V LoadInt<L>(Buffer<int> source, nint index, L lanes)
        where L : struct, ILanes;

    /// <summary>Loads elements that lie <paramref name="stride"/> apart; lanes not in use are zero.</summary>
    /// <param name="source">Where the values lie.</param>
    /// <param name="index">The element that becomes lane 0.</param>
    /// <param name="stride">The distance between lanes, in elements; it may be zero or negative.</param>
    /// <param name="lanes">The lanes in use.</param>
    static abstract V Gather<L>(Buffer<float> source, nint index, nint stride, L lanes)
        where L : struct, ILanes;

    /// <summary>Loads integers that lie <paramref name="stride"/> apart and converts them; lanes not in use are zero.</summary>
    /// <param name="source">Where the integers lie.</param>
    /// <param name="index">The element that becomes lane 0.</param>
    /// <param name="stride">The distance between lanes, in elements; it may be zero or negative.</param>
    /// <param name="lanes">The lanes in use.</param>
    static abstract V GatherInt<L>(Buffer<int> source, nint index, nint stride, L lanes)
        where L : struct, ILanes;

    /// <summary>Stores a whole vector.</summary>
    /// <param name="destination">Where the values go.</param>
    /// <param name="index">The element that lane 0 becomes.</param>
    /// <param name="value">The values.</param>
    static abstract void Store(Buffer<float> destination, nint index, V value);

    /// <summary>Stores the lanes in use; the memory of the others is not touched.</summary>
    /// <param name="destination">Where the values go.</param>
    /// <param name="index">The element that lane 0 becomes.</param>
    /// <param name="value">The values.</param>
    /// <param name="lanes">The lanes in use.</param>
    static abstract void Store<L>(Buffer<float> destination, nint index, V value, L lanes)
        where L : struct, ILanes;

    /// <summary>Stores what the kernel does not load again: past the caches, where its outputs are larger than they are.</summary>
    /// <param name="destination">Where the values go.</param>
    /// <param name="index">The element that lane 0 becomes.</param>
    /// <param name="value">The values.</param>
    /// <param name="lanes">The lanes in use.</param>
    static abstract void Write<L>(Buffer<float> destination, nint index, V value, L lanes)
        where L : struct, ILanes;

    /// <summary>Stores elements <paramref name="stride"/> apart.</summary>
    /// <param name="destination">Where the values go.</param>
    /// <param name="index">The element that lane 0 becomes.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <param name="value">The values.</param>
    /// <param name="lanes">The lanes in use.</param>
    static abstract void Scatter<L>(Buffer<float> destination, nint index, nint stride, V value, L lanes)
        where L : struct, ILanes;

    /// <summary>Whole numbers of magnitudes up to 2²⁴ as the bits of integers: what a buffer of integers is stored.</summary>
    /// <param name="value">The whole numbers.</param>
    static abstract V ToInt(V value);

    /// <summary>The value in the lanes in use and <paramref name="otherwise"/> in the rest: what a reduction must see at a row's end.</summary>
    /// <param name="value">The values of the lanes in use.</param>
    /// <param name="otherwise">The values of the other lanes.</param>
    /// <param name="lanes">The lanes in use.</param>
    static abstract V Keep<L>(V value, V otherwise, L lanes)
        where L : struct, ILanes;

    /// <summary>Adds lane by lane.</summary>
    static abstract V operator +(V a, V b);

    /// <summary>Subtracts lane by lane.</summary>
    static abstract V operator -(V a, V b);

    /// <summary>Multiplies lane by lane.</summary>
    static abstract V operator *(V a, V b);

    /// <summary>Divides lane by lane.</summary>
    static abstract V operator /(V a, V b);

    /// <summary>Flips every lane's sign.</summary>
    static abstract V operator -(V a);

    /// <summary><c>a · b + c</c>, with one rounding where the hardware has it and two elsewhere.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary><c>a · b + c</c> with a number that all lanes share: the JIT keeps it in a register over a loop, where it would load a broadcast vector anew.</summary>
    static abstract V MultiplyAdd(V a, V b, float c);

    /// <summary><c>a · b + c</c> with a number that all lanes share: see <see cref="MultiplyAdd(V, V, float)"/>.</summary>
    static abstract V MultiplyAdd(V a, float b, V c);

    /// <summary>Multiplies every lane by a number: see <see cref="MultiplyAdd(V, V, float)"/>.</summary>
    static abstract V operator *(V a, float b);

    /// <summary>The greater of two values; NaN where either is NaN, and +0 is greater than −0.</summary>
    static abstract V Max(V a, V b);

    /// <summary>The greatest of many values, one more at a time: NaN as soon as any is NaN; which of +0 and −0 is greater is left open. Cheaper
    /// than <c>Max</c>, above all where each result waits for the one before.</summary>
    /// <param name="greatest">The greatest so far.</param>
    /// <param name="value">The next value.</param>
    static abstract V Greatest(V greatest, V value);

    /// <summary>The smaller of two values; NaN where either is NaN, and −0 is smaller than +0.</summary>
    static abstract V Min(V a, V b);

    /// <summary>The value brought into [<paramref name="low"/>, <paramref name="high"/>]; NaN stays NaN. Cheaper than <c>Min(Max(…))</c>.</summary>
    /// <param name="a">The value.</param>
    /// <param name="low">The lower bound, not NaN.</param>
    /// <param name="high">The upper bound, not NaN.</param>
    static abstract V Clamp(V a, float low, float high);

    /// <summary>The value without its sign.</summary>
    static abstract V Abs(V a);

    /// <summary>The correctly rounded square root.</summary>
    static abstract V Sqrt(V a);

    /// <summary>The greatest integer that is not greater.</summary>
    static abstract V Floor(V a);

    /// <summary>Rounds to the nearest integer, halves to even.</summary>
    static abstract V Round(V a);

    /// <summary>The mask of equal lanes; NaN equals nothing.</summary>
    static abstract V Equal(V a, V b);

    /// <summary>The mask of lanes where <c>a &gt; b</c>.</summary>
    static abstract V Greater(V a, V b);

    /// <summary>The mask of lanes where <c>a ≥ b</c>.</summary>
    static abstract V GreaterEqual(V a, V b);

    /// <summary>The bits that both have.</summary>
    static abstract V And(V a, V b);

    /// <summary>The bits that either has.</summary>
    static abstract V Or(V a, V b);

    /// <summary>The bits that it does not have.</summary>
    static abstract V Not(V a);

    /// <summary>Chooses lane by lane.</summary>
    /// <param name="mask">What a comparison returned.</param>
    /// <param name="whenTrue">The lanes to take where the mask is all ones.</param>
    /// <param name="whenFalse">The lanes to take where the mask is zero.</param>
    static abstract V Select(V mask, V whenTrue, V whenFalse);

    /// <summary><c>a · 2ⁿ</c> for an integral <paramref name="n"/> from −252 to 254, exact where the result is normal.</summary>
    static abstract V Scale(V a, V n);

    /// <summary>Splits a positive normal number into a mantissa in [√½, √2) and an exponent.</summary>
    /// <param name="a">The number.</param>
    /// <param name="exponent">The integral exponent <c>e</c> in <c>a = m · 2ᵉ</c>.</param>
    static abstract V Mantissa(V a, out V exponent);

    /// <summary>The number without the last 12 of the 24 bits of its mantissa: a product of two such numbers is exact.</summary>
    static abstract V Coarse(V a);

    /// <summary>A large angle in quarter turns, by integers: <c>a = (turns + part + partLow) · π/2</c>, but for quarters of a multiple of 4.</summary>
    /// <param name="a">The angle in radians, from 8192 up; for other values the results are of no meaning.</param>
    /// <param name="part">The part of a quarter turn that is left, from −½ to ½.</param>
    /// <param name="partLow">What <paramref name="part"/> lacks, to 2⁻⁶⁰.</param>
    /// <returns>0, 1, 2 or 3.</returns>
    static abstract V QuarterTurns(V a, out V part, out V partLow);

    /// <summary>Uniform numbers in [0, 1) with 24 random bits for the elements first, first + 1, …: see <see cref="RandomStream"/>.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="first">The element of lane 0.</param>
    static abstract V Uniform(in RandomStream stream, uint first);

    /// <summary>The sum of all lanes, in a fixed order.</summary>
    static abstract float Sum(V a);

    /// <summary>The product of all lanes, in a fixed order.</summary>
    static abstract float Product(V a);

    /// <summary>The greatest lane, or NaN where any is NaN.</summary>
    static abstract float Max(V a);

    /// <summary>The smallest lane, or NaN where any is NaN.</summary>
    static abstract float Min(V a);
}
