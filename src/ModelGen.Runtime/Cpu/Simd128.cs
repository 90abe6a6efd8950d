using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>Four lanes.</summary>
public readonly struct Simd128 : ISimd<Simd128>
{
    private const int MantissaBits = 23;

    private readonly Vector128<float> value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Simd128(Vector128<float> value) => this.value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    /// <inheritdoc/>
    public static Simd128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Iota(float first) => new(Vector128.Create(first) + Vector128<float>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 Load(Buffer<float> source, nint index) => new(Vector128.Load(source.Start + index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 Load<L>(Buffer<float> source, nint index, L lanes)
        where L : struct, ILanes =>
        typeof(L) == typeof(AllLanes) ? Load(source, index) : new(LoadFirst(source.Start + index, lanes.Count<Simd128>()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 LoadInt<L>(Buffer<int> source, nint index, L lanes)
        where L : struct, ILanes =>
        new(Vector128.ConvertToSingle(Load(new Buffer<float>((float*)source.Start), index, lanes).value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd128 Gather<L>(Buffer<float> source, nint index, nint stride, L lanes)
        where L : struct, ILanes
    {
        float* p = source.Start + index;
        return typeof(L) != typeof(AllLanes)
            ? new(GatherFirst(p, stride, lanes.Count<Simd128>()))
            : new(Vector128.Create(p[0], p[stride], p[2 * stride], p[3 * stride]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 GatherInt<L>(Buffer<int> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => new(Vector128.ConvertToSingle(Gather(source.Floats, index, stride, lanes).value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Buffer<float> destination, nint index, Simd128 value) => value.value.Store(destination.Start + index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<L>(Buffer<float> destination, nint index, Simd128 value, L lanes)
        where L : struct, ILanes
    {
        if (typeof(L) == typeof(AllLanes))
        {
            Store(destination, index, value);
        }
        else
        {
            StoreFirst(destination.Start + index, value.value, lanes.Count<Simd128>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<L>(Buffer<float> destination, nint index, Simd128 value, L lanes)
        where L : struct, ILanes => Store(destination, index, value, lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Scatter<L>(Buffer<float> destination, nint index, nint stride, Simd128 value, L lanes)
        where L : struct, ILanes => ScatterFirst(destination.Start + index, stride, value.value, lanes.Count<Simd128>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 ToInt(Simd128 value) => new(Vector128.ConvertToInt32(value.value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Keep<L>(Simd128 value, Simd128 otherwise, L lanes)
        where L : struct, ILanes =>
        typeof(L) == typeof(AllLanes) ? value : new(Vector128.ConditionalSelect(First(lanes.Count<Simd128>()), value.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator +(Simd128 a, Simd128 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator -(Simd128 a, Simd128 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator *(Simd128 a, Simd128 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator /(Simd128 a, Simd128 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator -(Simd128 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 MultiplyAdd(Simd128 a, Simd128 b, Simd128 c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector128.FusedMultiplyAdd(a.value, b.value, c.value))
        : new((a.value * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 MultiplyAdd(Simd128 a, Simd128 b, float c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector128.FusedMultiplyAdd(a.value, b.value, Vector128.Create(c)))
        : new((a.value * b.value) + Vector128.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 MultiplyAdd(Simd128 a, float b, Simd128 c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector128.FusedMultiplyAdd(a.value, Vector128.Create(b), c.value))
        : new((a.value * Vector128.Create(b)) + c.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator *(Simd128 a, float b) => new(a.value * Vector128.Create(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Max(Simd128 a, Simd128 b) => new(Vector128.Max(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Greatest(Simd128 greatest, Simd128 value) => Sse.IsSupported
        ? new(Vector128.ConditionalSelect(Vector128.Equals(value.value, value.value), Sse.Max(value.value, greatest.value), value.value)) // NaN: the second operand is returned
        : Max(greatest, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Min(Simd128 a, Simd128 b) => new(Vector128.Min(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Clamp(Simd128 a, float low, float high) => Sse.IsSupported
        ? new(Sse.Min(Vector128.Create(high), Sse.Max(Vector128.Create(low), a.value))) // NaN: the second operand is returned
        : new(Vector128.Min(Vector128.Create(high), Vector128.Max(Vector128.Create(low), a.value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Abs(Simd128 a) => new(Vector128.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Sqrt(Simd128 a) => new(Vector128.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Floor(Simd128 a) => new(Vector128.Floor(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Round(Simd128 a) => new(Vector128.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Equal(Simd128 a, Simd128 b) => new(Vector128.Equals(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Greater(Simd128 a, Simd128 b) => new(Vector128.GreaterThan(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 GreaterEqual(Simd128 a, Simd128 b) => new(Vector128.GreaterThanOrEqual(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 And(Simd128 a, Simd128 b) => new(a.value & b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Or(Simd128 a, Simd128 b) => new(a.value | b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Not(Simd128 a) => new(~a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Select(Simd128 mask, Simd128 whenTrue, Simd128 whenFalse) =>
        new(Vector128.ConditionalSelect(mask.value, whenTrue.value, whenFalse.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Scale(Simd128 a, Simd128 n) => Avx512F.VL.IsSupported
        ? new(Avx512F.VL.Scale(a.value, n.value))
        : new(ScaleTwice(a.value, n.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Mantissa(Simd128 a, out Simd128 exponent)
    {
        // Counting from the bits of √½ makes the exponent step where the mantissa passes √2.
        Vector128<int> root = Vector128.Create(SimdMath.RootHalfBits);
        Vector128<int> bits = a.value.AsInt32() - root;
        exponent = new(Vector128.ConvertToSingle(bits >> MantissaBits));
        return new(((bits & Vector128.Create((1 << MantissaBits) - 1)) + root).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Coarse(Simd128 a) => new(a.value & Vector128.Create(SimdMath.CoarseBits).AsSingle());

    /// <inheritdoc/>
    public static Simd128 QuarterTurns(Simd128 a, out Simd128 part, out Simd128 partLow) => LargeAngle.QuarterTurns(a, out part, out partLow);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Uniform(in RandomStream stream, uint first) => new(stream.Uniform128(first));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Simd128 a) => SumOf(a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(Simd128 a) => ProductOf(a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Simd128 a)
    {
        Simd128 pairs = Greatest(a, new(Vector128.Shuffle(a.value, Vector128.Create(2, 3, 0, 1))));
        return Greatest(pairs, new(Vector128.Shuffle(pairs.value, Vector128.Create(1, 0, 3, 2)))).value[0];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Simd128 a) => MinOf(a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float SumOf(Vector128<float> a)
    {
        Vector128<float> pairs = a + Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1));
        return pairs[0] + pairs[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float ProductOf(Vector128<float> a)
    {
        Vector128<float> pairs = a * Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1));
        return pairs[0] * pairs[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float GreatestOf(Vector128<float> a, Vector128<float> b) => Max(Greatest(new(a), new(b)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float MinOf(Vector128<float> a)
    {
        Vector128<float> pairs = Vector128.Min(a, Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1)));
        return float.Min(pairs[0], pairs[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> First(int count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ScaleTwice(Vector128<float> a, Vector128<float> n)
    {
        // Two steps, because 2ⁿ itself need not be representable.
        Vector128<int> whole = Vector128.ConvertToInt32(n);
        Vector128<int> half = whole >> 1;
        return a * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<int> n) => ((n + Vector128.Create(127)) << MantissaBits).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe Vector128<float> LoadFirst(float* source, int count) => Avx.IsSupported
        ? Avx.MaskLoad(source, First(count))
        : GatherFirst(source, 1, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void StoreFirst(float* destination, Vector128<float> value, int count)
    {
        if (Avx.IsSupported)
        {
            Avx.MaskStore(destination, First(count), value);
        }
        else
        {
            ScatterFirst(destination, 1, value, count);
        }
    }

    private static unsafe Vector128<float> GatherFirst(float* source, nint stride, int count)
    {
        Vector128<float> loaded = default;
        for (int lane = 0; lane < count; lane++)
        {
            ((float*)&loaded)[lane] = source[lane * stride];
        }

        return loaded;
    }

    private static unsafe void ScatterFirst(float* destination, nint stride, Vector128<float> value, int count)
    {
        for (int lane = 0; lane < count; lane++)
        {
            destination[lane * stride] = ((float*)&value)[lane];
        }
    }
}
