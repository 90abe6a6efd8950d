using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>One lane: the form for machines without vectors, and what every wider form must equal.</summary>
public readonly struct Simd1 : ISimd<Simd1>
{
    private const int MantissaBits = 23;

    private readonly float value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Simd1(float value) => this.value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    /// <inheritdoc/>
    public static Simd1 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Broadcast(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Iota(float first) => new(first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Load(Buffer<float> source, nint index) => new(source[index]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Load<L>(Buffer<float> source, nint index, L lanes)
        where L : struct, ILanes => InUse(lanes) ? new(source[index]) : default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 LoadInt<L>(Buffer<int> source, nint index, L lanes)
        where L : struct, ILanes => InUse(lanes) ? new(source[index]) : default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Gather<L>(Buffer<float> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => Load(source, index, lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 GatherInt<L>(Buffer<int> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => LoadInt(source, index, lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Buffer<float> destination, nint index, Simd1 value) => destination[index] = value.value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<L>(Buffer<float> destination, nint index, Simd1 value, L lanes)
        where L : struct, ILanes
    {
        if (InUse(lanes))
        {
            destination[index] = value.value;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<L>(Buffer<float> destination, nint index, Simd1 value, L lanes)
        where L : struct, ILanes => Store(destination, index, value, lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter<L>(Buffer<float> destination, nint index, nint stride, Simd1 value, L lanes)
        where L : struct, ILanes => Store(destination, index, value, lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 ToInt(Simd1 value) => new(BitConverter.Int32BitsToSingle((int)value.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Keep<L>(Simd1 value, Simd1 otherwise, L lanes)
        where L : struct, ILanes => InUse(lanes) ? value : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 operator +(Simd1 a, Simd1 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 operator -(Simd1 a, Simd1 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 operator *(Simd1 a, Simd1 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 operator /(Simd1 a, Simd1 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 operator -(Simd1 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 MultiplyAdd(Simd1 a, Simd1 b, Simd1 c) =>
        SimdWidth.FusesMultiplyAdd ? new(MathF.FusedMultiplyAdd(a.value, b.value, c.value)) : new((a.value * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 MultiplyAdd(Simd1 a, Simd1 b, float c) => MultiplyAdd(a, b, new Simd1(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 MultiplyAdd(Simd1 a, float b, Simd1 c) => MultiplyAdd(a, new Simd1(b), c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 operator *(Simd1 a, float b) => new(a.value * b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Max(Simd1 a, Simd1 b) => new(float.Max(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Greatest(Simd1 greatest, Simd1 value) => Max(greatest, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Min(Simd1 a, Simd1 b) => new(float.Min(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Clamp(Simd1 a, float low, float high)
    {
        float raised = low > a.value ? low : a.value;
        return new(high < raised ? high : raised);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Abs(Simd1 a) => new(float.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Sqrt(Simd1 a) => new(float.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Floor(Simd1 a) => new(float.Floor(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Round(Simd1 a) => new(float.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Equal(Simd1 a, Simd1 b) => Mask(a.value == b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Greater(Simd1 a, Simd1 b) => Mask(a.value > b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 GreaterEqual(Simd1 a, Simd1 b) => Mask(a.value >= b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 And(Simd1 a, Simd1 b) => FromBits(Bits(a) & Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Or(Simd1 a, Simd1 b) => FromBits(Bits(a) | Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Not(Simd1 a) => FromBits(~Bits(a));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Select(Simd1 mask, Simd1 whenTrue, Simd1 whenFalse) => Bits(mask) != 0 ? whenTrue : whenFalse;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Scale(Simd1 a, Simd1 n)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.ScaleScalar(Vector128.CreateScalarUnsafe(a.value), Vector128.CreateScalarUnsafe(n.value)).ToScalar());
        }

        // Two steps, because 2ⁿ itself need not be representable.
        int whole = (int)n.value;
        int half = whole >> 1;
        return new(a.value * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Mantissa(Simd1 a, out Simd1 exponent)
    {
        // Counting from the bits of √½ makes the exponent step where the mantissa passes √2.
        int bits = Bits(a) - SimdMath.RootHalfBits;
        exponent = new(bits >> MantissaBits);
        return FromBits((bits & ((1 << MantissaBits) - 1)) + SimdMath.RootHalfBits);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Coarse(Simd1 a) => FromBits(Bits(a) & SimdMath.CoarseBits);

    /// <inheritdoc/>
    public static Simd1 QuarterTurns(Simd1 a, out Simd1 part, out Simd1 partLow)
    {
        float turns = LargeAngle.QuarterTurns(Bits(a), out float high, out float low);
        part = new(high);
        partLow = new(low);
        return new(turns);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd1 Uniform(in RandomStream stream, uint first) => new(stream.Uniform(first));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Simd1 a) => a.value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(Simd1 a) => a.value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Simd1 a) => a.value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Simd1 a) => a.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool InUse<L>(L lanes)
        where L : struct, ILanes => typeof(L) == typeof(AllLanes) || lanes.Count<Simd1>() > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float PowerOfTwo(int n) => BitConverter.Int32BitsToSingle((n + 127) << MantissaBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bits(Simd1 a) => BitConverter.SingleToInt32Bits(a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Simd1 FromBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Simd1 Mask(bool holds) => FromBits(holds ? -1 : 0);
}
