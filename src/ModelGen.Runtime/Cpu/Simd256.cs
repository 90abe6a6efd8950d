using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>Eight lanes.</summary>
public readonly struct Simd256 : ISimd<Simd256>
{
    private const int MantissaBits = 23;

    private readonly Vector256<float> value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Simd256(Vector256<float> value) => this.value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    /// <inheritdoc/>
    public static Simd256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Iota(float first) => new(Vector256.Create(first) + Vector256<float>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 Load(Buffer<float> source, nint index) => new(Vector256.Load(source.Start + index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 Load<L>(Buffer<float> source, nint index, L lanes)
        where L : struct, ILanes =>
        typeof(L) == typeof(AllLanes) ? Load(source, index) : new(LoadFirst(source.Start + index, lanes.Count<Simd256>()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 LoadInt<L>(Buffer<int> source, nint index, L lanes)
        where L : struct, ILanes =>
        new(Vector256.ConvertToSingle(Load(new Buffer<float>((float*)source.Start), index, lanes).value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd256 Gather<L>(Buffer<float> source, nint index, nint stride, L lanes)
        where L : struct, ILanes
    {
        float* p = source.Start + index;
        return typeof(L) != typeof(AllLanes)
            ? new(GatherFirst(p, stride, lanes.Count<Simd256>()))
            : new(Vector256.Create(
                p[0], p[stride], p[2 * stride], p[3 * stride], p[4 * stride], p[5 * stride], p[6 * stride], p[7 * stride]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 GatherInt<L>(Buffer<int> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => new(Vector256.ConvertToSingle(Gather(source.Floats, index, stride, lanes).value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Buffer<float> destination, nint index, Simd256 value) => value.value.Store(destination.Start + index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<L>(Buffer<float> destination, nint index, Simd256 value, L lanes)
        where L : struct, ILanes
    {
        if (typeof(L) == typeof(AllLanes))
        {
            Store(destination, index, value);
        }
        else
        {
            StoreFirst(destination.Start + index, value.value, lanes.Count<Simd256>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Write<L>(Buffer<float> destination, nint index, Simd256 value, L lanes)
        where L : struct, ILanes
    {
        if (typeof(L) == typeof(AllLanes) && Bypass.IsOn && ((nint)(destination.Start + index) & (sizeof(Simd256) - 1)) == 0)
        {
            value.value.StoreAlignedNonTemporal(destination.Start + index);
        }
        else
        {
            Store(destination, index, value, lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Scatter<L>(Buffer<float> destination, nint index, nint stride, Simd256 value, L lanes)
        where L : struct, ILanes => ScatterFirst(destination.Start + index, stride, value.value, lanes.Count<Simd256>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 ToInt(Simd256 value) => new(Vector256.ConvertToInt32(value.value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Keep<L>(Simd256 value, Simd256 otherwise, L lanes)
        where L : struct, ILanes =>
        typeof(L) == typeof(AllLanes) ? value : new(Vector256.ConditionalSelect(First(lanes.Count<Simd256>()), value.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator +(Simd256 a, Simd256 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator -(Simd256 a, Simd256 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator *(Simd256 a, Simd256 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator /(Simd256 a, Simd256 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator -(Simd256 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 MultiplyAdd(Simd256 a, Simd256 b, Simd256 c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector256.FusedMultiplyAdd(a.value, b.value, c.value))
        : new((a.value * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 MultiplyAdd(Simd256 a, Simd256 b, float c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector256.FusedMultiplyAdd(a.value, b.value, Vector256.Create(c)))
        : new((a.value * b.value) + Vector256.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 MultiplyAdd(Simd256 a, float b, Simd256 c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector256.FusedMultiplyAdd(a.value, Vector256.Create(b), c.value))
        : new((a.value * Vector256.Create(b)) + c.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator *(Simd256 a, float b) => new(a.value * Vector256.Create(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Max(Simd256 a, Simd256 b) => new(Vector256.Max(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Greatest(Simd256 greatest, Simd256 value) => Avx.IsSupported
        ? new(Vector256.ConditionalSelect(Vector256.Equals(value.value, value.value), Avx.Max(value.value, greatest.value), value.value)) // NaN: the second operand is returned
        : Max(greatest, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Min(Simd256 a, Simd256 b) => new(Vector256.Min(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Clamp(Simd256 a, float low, float high) => Avx.IsSupported
        ? new(Avx.Min(Vector256.Create(high), Avx.Max(Vector256.Create(low), a.value))) // NaN: the second operand is returned
        : new(Vector256.Min(Vector256.Create(high), Vector256.Max(Vector256.Create(low), a.value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Abs(Simd256 a) => new(Vector256.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Sqrt(Simd256 a) => new(Vector256.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Floor(Simd256 a) => new(Vector256.Floor(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Round(Simd256 a) => new(Vector256.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Equal(Simd256 a, Simd256 b) => new(Vector256.Equals(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Greater(Simd256 a, Simd256 b) => new(Vector256.GreaterThan(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 GreaterEqual(Simd256 a, Simd256 b) => new(Vector256.GreaterThanOrEqual(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 And(Simd256 a, Simd256 b) => new(a.value & b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Or(Simd256 a, Simd256 b) => new(a.value | b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Not(Simd256 a) => new(~a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Select(Simd256 mask, Simd256 whenTrue, Simd256 whenFalse) =>
        new(Vector256.ConditionalSelect(mask.value, whenTrue.value, whenFalse.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Scale(Simd256 a, Simd256 n) => Avx512F.VL.IsSupported
        ? new(Avx512F.VL.Scale(a.value, n.value))
        : new(ScaleTwice(a.value, n.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Mantissa(Simd256 a, out Simd256 exponent)
    {
        // Counting from the bits of √½ makes the exponent step where the mantissa passes √2.
        Vector256<int> root = Vector256.Create(SimdMath.RootHalfBits);
        Vector256<int> bits = a.value.AsInt32() - root;
        exponent = new(Vector256.ConvertToSingle(bits >> MantissaBits));
        return new(((bits & Vector256.Create((1 << MantissaBits) - 1)) + root).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Coarse(Simd256 a) => new(a.value & Vector256.Create(SimdMath.CoarseBits).AsSingle());

    /// <inheritdoc/>
    public static Simd256 QuarterTurns(Simd256 a, out Simd256 part, out Simd256 partLow) => LargeAngle.QuarterTurns(a, out part, out partLow);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Uniform(in RandomStream stream, uint first) => new(stream.Uniform256(first));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Simd256 a) => Simd128.SumOf(a.value.GetLower() + a.value.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(Simd256 a) => Simd128.ProductOf(a.value.GetLower() * a.value.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Simd256 a) => Simd128.GreatestOf(a.value.GetLower(), a.value.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Simd256 a) => Simd128.MinOf(Vector128.Min(a.value.GetLower(), a.value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float SumOf(Vector256<float> a) => Sum(new Simd256(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float ProductOf(Vector256<float> a) => Product(new Simd256(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float GreatestOf(Vector256<float> a, Vector256<float> b) => Max(Greatest(new(a), new(b)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float MinOf(Vector256<float> a) => Min(new Simd256(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> First(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ScaleTwice(Vector256<float> a, Vector256<float> n)
    {
        // Two steps, because 2ⁿ itself need not be representable.
        Vector256<int> whole = Vector256.ConvertToInt32(n);
        Vector256<int> half = whole >> 1;
        return a * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> n) => ((n + Vector256.Create(127)) << MantissaBits).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe Vector256<float> LoadFirst(float* source, int count) => Avx.IsSupported
        ? Avx.MaskLoad(source, First(count))
        : Vector256.Create(Simd128.LoadFirst(source, int.Min(count, 4)), Simd128.LoadFirst(source + 4, int.Max(count - 4, 0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void StoreFirst(float* destination, Vector256<float> value, int count)
    {
        if (Avx.IsSupported)
        {
            Avx.MaskStore(destination, First(count), value);
        }
        else
        {
            Simd128.StoreFirst(destination, value.GetLower(), int.Min(count, 4));
            Simd128.StoreFirst(destination + 4, value.GetUpper(), int.Max(count - 4, 0));
        }
    }

    private static unsafe Vector256<float> GatherFirst(float* source, nint stride, int count)
    {
        Vector256<float> loaded = default;
        for (int lane = 0; lane < count; lane++)
        {
            ((float*)&loaded)[lane] = source[lane * stride];
        }

        return loaded;
    }

    private static unsafe void ScatterFirst(float* destination, nint stride, Vector256<float> value, int count)
    {
        for (int lane = 0; lane < count; lane++)
        {
            destination[lane * stride] = ((float*)&value)[lane];
        }
    }
}
