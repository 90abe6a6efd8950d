using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>Sixteen lanes.</summary>
public readonly struct Simd512 : ISimd<Simd512>
{
    private const int MantissaBits = 23;

    private readonly Vector512<float> value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Simd512(Vector512<float> value) => this.value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    /// <inheritdoc/>
    public static Simd512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Iota(float first) => new(Vector512.Create(first) + Vector512<float>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 Load(Buffer<float> source, nint index) => new(Vector512.Load(source.Start + index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 Load<L>(Buffer<float> source, nint index, L lanes)
        where L : struct, ILanes =>
        typeof(L) == typeof(AllLanes) ? Load(source, index) : new(LoadFirst(source.Start + index, lanes.Count<Simd512>()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 LoadInt<L>(Buffer<int> source, nint index, L lanes)
        where L : struct, ILanes =>
        new(Vector512.ConvertToSingle(Load(new Buffer<float>((float*)source.Start), index, lanes).value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Simd512 Gather<L>(Buffer<float> source, nint index, nint stride, L lanes)
        where L : struct, ILanes
    {
        float* p = source.Start + index;
        return typeof(L) != typeof(AllLanes)
            ? new(GatherFirst(p, stride, lanes.Count<Simd512>()))
            : new(Vector512.Create(
                p[0], p[stride], p[2 * stride], p[3 * stride], p[4 * stride], p[5 * stride], p[6 * stride], p[7 * stride],
                p[8 * stride], p[9 * stride], p[10 * stride], p[11 * stride], p[12 * stride], p[13 * stride], p[14 * stride], p[15 * stride]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 GatherInt<L>(Buffer<int> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => new(Vector512.ConvertToSingle(Gather(source.Floats, index, stride, lanes).value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Buffer<float> destination, nint index, Simd512 value) => value.value.Store(destination.Start + index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<L>(Buffer<float> destination, nint index, Simd512 value, L lanes)
        where L : struct, ILanes
    {
        if (typeof(L) == typeof(AllLanes))
        {
            Store(destination, index, value);
        }
        else
        {
            StoreFirst(destination.Start + index, value.value, lanes.Count<Simd512>());
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Write<L>(Buffer<float> destination, nint index, Simd512 value, L lanes)
        where L : struct, ILanes
    {
        if (typeof(L) == typeof(AllLanes) && Bypass.IsOn && ((nint)(destination.Start + index) & (sizeof(Simd512) - 1)) == 0)
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
    public static unsafe void Scatter<L>(Buffer<float> destination, nint index, nint stride, Simd512 value, L lanes)
        where L : struct, ILanes => ScatterFirst(destination.Start + index, stride, value.value, lanes.Count<Simd512>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 ToInt(Simd512 value) => new(Vector512.ConvertToInt32(value.value).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Keep<L>(Simd512 value, Simd512 otherwise, L lanes)
        where L : struct, ILanes =>
        typeof(L) == typeof(AllLanes) ? value : new(Vector512.ConditionalSelect(First(lanes.Count<Simd512>()), value.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator +(Simd512 a, Simd512 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator -(Simd512 a, Simd512 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator *(Simd512 a, Simd512 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator /(Simd512 a, Simd512 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator -(Simd512 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 MultiplyAdd(Simd512 a, Simd512 b, Simd512 c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector512.FusedMultiplyAdd(a.value, b.value, c.value))
        : new((a.value * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 MultiplyAdd(Simd512 a, Simd512 b, float c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector512.FusedMultiplyAdd(a.value, b.value, Vector512.Create(c)))
        : new((a.value * b.value) + Vector512.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 MultiplyAdd(Simd512 a, float b, Simd512 c) => SimdWidth.FusesMultiplyAdd
        ? new(Vector512.FusedMultiplyAdd(a.value, Vector512.Create(b), c.value))
        : new((a.value * Vector512.Create(b)) + c.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator *(Simd512 a, float b) => new(a.value * Vector512.Create(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Max(Simd512 a, Simd512 b) => new(Vector512.Max(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Greatest(Simd512 greatest, Simd512 value) => Avx512F.IsSupported
        ? new(Vector512.ConditionalSelect(Vector512.Equals(value.value, value.value), Avx512F.Max(value.value, greatest.value), value.value)) // NaN: the second operand is returned
        : Max(greatest, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Min(Simd512 a, Simd512 b) => new(Vector512.Min(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Clamp(Simd512 a, float low, float high) => Avx512F.IsSupported
        ? new(Avx512F.Min(Vector512.Create(high), Avx512F.Max(Vector512.Create(low), a.value))) // NaN: the second operand is returned
        : new(Vector512.Min(Vector512.Create(high), Vector512.Max(Vector512.Create(low), a.value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Abs(Simd512 a) => new(Vector512.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Sqrt(Simd512 a) => new(Vector512.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Floor(Simd512 a) => new(Vector512.Floor(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Round(Simd512 a) => new(Vector512.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Equal(Simd512 a, Simd512 b) => new(Vector512.Equals(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Greater(Simd512 a, Simd512 b) => new(Vector512.GreaterThan(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 GreaterEqual(Simd512 a, Simd512 b) => new(Vector512.GreaterThanOrEqual(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 And(Simd512 a, Simd512 b) => new(a.value & b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Or(Simd512 a, Simd512 b) => new(a.value | b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Not(Simd512 a) => new(~a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Select(Simd512 mask, Simd512 whenTrue, Simd512 whenFalse) =>
        new(Vector512.ConditionalSelect(mask.value, whenTrue.value, whenFalse.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Scale(Simd512 a, Simd512 n) => Avx512F.IsSupported
        ? new(Avx512F.Scale(a.value, n.value))
        : new(ScaleTwice(a.value, n.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Mantissa(Simd512 a, out Simd512 exponent)
    {
        // Counting from the bits of √½ makes the exponent step where the mantissa passes √2.
        Vector512<int> root = Vector512.Create(SimdMath.RootHalfBits);
        Vector512<int> bits = a.value.AsInt32() - root;
        exponent = new(Vector512.ConvertToSingle(bits >> MantissaBits));
        return new(((bits & Vector512.Create((1 << MantissaBits) - 1)) + root).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Coarse(Simd512 a) => new(a.value & Vector512.Create(SimdMath.CoarseBits).AsSingle());

    /// <inheritdoc/>
    public static Simd512 QuarterTurns(Simd512 a, out Simd512 part, out Simd512 partLow) => LargeAngle.QuarterTurns(a, out part, out partLow);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Uniform(in RandomStream stream, uint first) => new(stream.Uniform512(first));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Simd512 a) => Simd256.SumOf(a.value.GetLower() + a.value.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(Simd512 a) => Simd256.ProductOf(a.value.GetLower() * a.value.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Simd512 a) => Simd256.GreatestOf(a.value.GetLower(), a.value.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Simd512 a) => Simd256.MinOf(Vector256.Min(a.value.GetLower(), a.value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ScaleTwice(Vector512<float> a, Vector512<float> n)
    {
        // Two steps, because 2ⁿ itself need not be representable.
        Vector512<int> whole = Vector512.ConvertToInt32(n);
        Vector512<int> half = whole >> 1;
        return a * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> n) => ((n + Vector512.Create(127)) << MantissaBits).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe Vector512<float> LoadFirst(float* source, int count) => Avx512F.IsSupported
        ? Avx512F.MaskLoad(source, First(count), Vector512<float>.Zero)
        : Vector512.Create(Simd256.LoadFirst(source, int.Min(count, 8)), Simd256.LoadFirst(source + 8, int.Max(count - 8, 0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void StoreFirst(float* destination, Vector512<float> value, int count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(destination, First(count), value);
        }
        else
        {
            Simd256.StoreFirst(destination, value.GetLower(), int.Min(count, 8));
            Simd256.StoreFirst(destination + 8, value.GetUpper(), int.Max(count - 8, 0));
        }
    }

    private static unsafe Vector512<float> GatherFirst(float* source, nint stride, int count)
    {
        Vector512<float> loaded = default;
        for (int lane = 0; lane < count; lane++)
        {
            ((float*)&loaded)[lane] = source[lane * stride];
        }

        return loaded;
    }

    private static unsafe void ScatterFirst(float* destination, nint stride, Vector512<float> value, int count)
    {
        for (int lane = 0; lane < count; lane++)
        {
            destination[lane * stride] = ((float*)&value)[lane];
        }
    }
}
