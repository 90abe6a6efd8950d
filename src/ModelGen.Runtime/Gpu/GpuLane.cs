using System;
using ILGPU;
using ModelGen.Cpu;

namespace ModelGen.Gpu;

/// <summary>A thread's number as a vector of one lane, so that <see cref="SimdMath"/> is the text for processors and for devices.</summary>
/// <remarks>Only what a device can do: no memory, no reductions over lanes.</remarks>
internal readonly struct GpuLane : ISimd<GpuLane>
{
    private const int MantissaBits = 23;
    private const int Bias = 127;

    // Every float of this size and above is whole.
    private const float Whole = 1 << MantissaBits;

    private readonly float value;

    /// <summary>Initializes a new instance of the <see cref="GpuLane"/> struct.</summary>
    /// <param name="value">The number.</param>
    public GpuLane(float value) => this.value = value;

    /// <summary>Gets the number.</summary>
    public float Value => value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static GpuLane Zero => new(0f);

    /// <inheritdoc/>
    public static GpuLane Broadcast(float value) => new(value);

    /// <inheritdoc/>
    public static GpuLane Iota(float first) => new(first);

    /// <inheritdoc/>
    public static GpuLane Load(Buffer<float> source, nint index) => throw NoMemory();

    /// <inheritdoc/>
    public static GpuLane Load<L>(Buffer<float> source, nint index, L lanes)
        where L : struct, ILanes => throw NoMemory();

    /// <inheritdoc/>
    public static GpuLane LoadInt<L>(Buffer<int> source, nint index, L lanes)
        where L : struct, ILanes => throw NoMemory();

    /// <inheritdoc/>
    public static GpuLane Gather<L>(Buffer<float> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => throw NoMemory();

    /// <inheritdoc/>
    public static GpuLane GatherInt<L>(Buffer<int> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => throw NoMemory();

    /// <inheritdoc/>
    public static void Store(Buffer<float> destination, nint index, GpuLane value) => throw NoMemory();

    /// <inheritdoc/>
    public static void Store<L>(Buffer<float> destination, nint index, GpuLane value, L lanes)
        where L : struct, ILanes => throw NoMemory();

    /// <inheritdoc/>
    public static void Write<L>(Buffer<float> destination, nint index, GpuLane value, L lanes)
        where L : struct, ILanes => Store(destination, index, value, lanes);

    /// <inheritdoc/>
    public static void Scatter<L>(Buffer<float> destination, nint index, nint stride, GpuLane value, L lanes)
        where L : struct, ILanes => throw NoMemory();

    /// <inheritdoc/>
    public static GpuLane ToInt(GpuLane value) => FromBits((int)value.value);

    /// <inheritdoc/>
    public static GpuLane Keep<L>(GpuLane value, GpuLane otherwise, L lanes)
        where L : struct, ILanes => throw NoMemory();

    /// <inheritdoc/>
    public static GpuLane operator +(GpuLane a, GpuLane b) => new(a.value + b.value);

    /// <inheritdoc/>
    public static GpuLane operator -(GpuLane a, GpuLane b) => new(a.value - b.value);

    /// <inheritdoc/>
    public static GpuLane operator *(GpuLane a, GpuLane b) => new(GpuMath.Product(a.value, b.value));

    /// <inheritdoc/>
    public static GpuLane operator /(GpuLane a, GpuLane b) => new(a.value / b.value);

    /// <inheritdoc/>
    public static GpuLane operator -(GpuLane a) => new(-a.value);

    /// <inheritdoc/>
    public static GpuLane MultiplyAdd(GpuLane a, GpuLane b, GpuLane c) => new(GpuMath.MultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    public static GpuLane MultiplyAdd(GpuLane a, GpuLane b, float c) => MultiplyAdd(a, b, Broadcast(c));

    /// <inheritdoc/>
    public static GpuLane MultiplyAdd(GpuLane a, float b, GpuLane c) => MultiplyAdd(a, Broadcast(b), c);

    /// <inheritdoc/>
    public static GpuLane operator *(GpuLane a, float b) => a * Broadcast(b);

    /// <inheritdoc/>
    public static GpuLane Max(GpuLane a, GpuLane b) => new(GpuMath.Max(a.value, b.value));

    /// <inheritdoc/>
    public static GpuLane Greatest(GpuLane greatest, GpuLane value) => Max(greatest, value);

    /// <inheritdoc/>
    public static GpuLane Min(GpuLane a, GpuLane b) => new(GpuMath.Min(a.value, b.value));

    /// <inheritdoc/>
    public static GpuLane Clamp(GpuLane a, float low, float high)
    {
        float raised = GpuMath.Greater(low, a.value) ? low : a.value;
        return new(GpuMath.Greater(raised, high) ? high : raised);
    }

    /// <inheritdoc/>
    public static GpuLane Abs(GpuLane a) => FromBits(Bits(a) & int.MaxValue);

    /// <inheritdoc/>
    public static GpuLane Sqrt(GpuLane a) => new(GpuMath.Sqrt(a.value));

    /// <inheritdoc/>
    public static GpuLane Floor(GpuLane a)
    {
        float size = Abs(a).value;
        float whole = (int)a.value;
        float down = GpuMath.Greater(whole, a.value) ? whole - 1f : whole;
        return GpuMath.Greater(Whole, size) ? WithSign(down, a) : a;
    }

    /// <inheritdoc/>
    public static GpuLane Round(GpuLane a)
    {
        // Adding 2²³ to a smaller number leaves no bit for a fraction.
        float size = Abs(a).value;
        float rounded = (size + Whole) - Whole;
        return GpuMath.Greater(Whole, size) ? WithSign(rounded, a) : a;
    }

    /// <inheritdoc/>
    public static GpuLane Equal(GpuLane a, GpuLane b) => Mask(a.value == b.value);

    /// <inheritdoc/>
    public static GpuLane Greater(GpuLane a, GpuLane b) => Mask(GpuMath.Greater(a.value, b.value));

    /// <inheritdoc/>
    public static GpuLane GreaterEqual(GpuLane a, GpuLane b) => Mask(GpuMath.GreaterEqual(a.value, b.value));

    /// <inheritdoc/>
    public static GpuLane And(GpuLane a, GpuLane b) => FromBits(Bits(a) & Bits(b));

    /// <inheritdoc/>
    public static GpuLane Or(GpuLane a, GpuLane b) => FromBits(Bits(a) | Bits(b));

    /// <inheritdoc/>
    public static GpuLane Not(GpuLane a) => FromBits(~Bits(a));

    /// <inheritdoc/>
    public static GpuLane Select(GpuLane mask, GpuLane whenTrue, GpuLane whenFalse) => Bits(mask) != 0 ? whenTrue : whenFalse;

    /// <inheritdoc/>
    public static GpuLane Scale(GpuLane a, GpuLane n)
    {
        // Two steps, because 2ⁿ itself need not be representable.
        int whole = (int)n.value;
        int half = whole >> 1;
        return a * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    /// <inheritdoc/>
    public static GpuLane Mantissa(GpuLane a, out GpuLane exponent)
    {
        int bits = Bits(a) - SimdMath.RootHalfBits;
        exponent = new(bits >> MantissaBits);
        return FromBits((bits & ((1 << MantissaBits) - 1)) + SimdMath.RootHalfBits);
    }

    /// <inheritdoc/>
    public static GpuLane Coarse(GpuLane a) => FromBits(Bits(a) & SimdMath.CoarseBits);

    /// <inheritdoc/>
    public static GpuLane QuarterTurns(GpuLane a, out GpuLane part, out GpuLane partLow)
    {
        float turns = LargeAngle.QuarterTurns(Bits(a), out float high, out float low);
        part = new(high);
        partLow = new(low);
        return new(turns);
    }

    /// <inheritdoc/>
    public static GpuLane Uniform(in RandomStream stream, uint first) => new(stream.Uniform(first));

    /// <inheritdoc/>
    public static float Sum(GpuLane a) => a.value;

    /// <inheritdoc/>
    public static float Product(GpuLane a) => a.value;

    /// <inheritdoc/>
    public static float Max(GpuLane a) => a.value;

    /// <inheritdoc/>
    public static float Min(GpuLane a) => a.value;

    private static int Bits(GpuLane a) => (int)Interop.FloatAsInt(a.value);

    private static GpuLane FromBits(int bits) => new(Interop.IntAsFloat((uint)bits));

    private static GpuLane Mask(bool holds) => FromBits(holds ? -1 : 0);

    private static float PowerOfTwo(int exponent) => Interop.IntAsFloat((uint)((exponent + Bias) << MantissaBits));

    private static GpuLane WithSign(float magnitude, GpuLane sign) => FromBits((int)Interop.FloatAsInt(magnitude) | (Bits(sign) & int.MinValue));

    private static NotSupportedException NoMemory() => new("A thread of a device reads and writes single numbers.");
}
