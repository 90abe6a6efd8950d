using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>
/// A vector without values, whose loads and stores only ask the caches for the memory: a kernel that runs with it fetches what it will need when
/// it runs with another one. It calculates nothing.
/// </summary>
internal readonly unsafe struct Touch : ISimd<Touch>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    public static Touch Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Broadcast(float value) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Iota(float first) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Load(Buffer<float> source, nint index) => At(source.Start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Load<L>(Buffer<float> source, nint index, L lanes)
        where L : struct, ILanes => At(source.Start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch LoadInt<L>(Buffer<int> source, nint index, L lanes)
        where L : struct, ILanes => At(source.Start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Gather<L>(Buffer<float> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => At(source.Start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch GatherInt<L>(Buffer<int> source, nint index, nint stride, L lanes)
        where L : struct, ILanes => At(source.Start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Buffer<float> destination, nint index, Touch value) => At(destination.Start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<L>(Buffer<float> destination, nint index, Touch value, L lanes)
        where L : struct, ILanes => At(destination.Start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<L>(Buffer<float> destination, nint index, Touch value, L lanes)
        where L : struct, ILanes
    {
        if (!Bypass.IsOn)
        {
            At(destination.Start + index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter<L>(Buffer<float> destination, nint index, nint stride, Touch value, L lanes)
        where L : struct, ILanes => At(destination.Start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch ToInt(Touch value) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Keep<L>(Touch value, Touch otherwise, L lanes)
        where L : struct, ILanes => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch operator +(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch operator -(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch operator *(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch operator /(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch operator -(Touch a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch MultiplyAdd(Touch a, Touch b, Touch c) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch MultiplyAdd(Touch a, Touch b, float c) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch MultiplyAdd(Touch a, float b, Touch c) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch operator *(Touch a, float b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Max(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Greatest(Touch greatest, Touch value) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Min(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Clamp(Touch a, float low, float high) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Abs(Touch a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Sqrt(Touch a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Floor(Touch a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Round(Touch a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Equal(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Greater(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch GreaterEqual(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch And(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Or(Touch a, Touch b) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Not(Touch a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Select(Touch mask, Touch whenTrue, Touch whenFalse) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Scale(Touch a, Touch n) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Mantissa(Touch a, out Touch exponent)
    {
        exponent = default;
        return default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Coarse(Touch a) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch QuarterTurns(Touch a, out Touch part, out Touch partLow)
    {
        part = partLow = default;
        return default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Touch Uniform(in RandomStream stream, uint first) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Touch a) => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(Touch a) => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Touch a) => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Touch a) => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Touch At(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }

        return default;
    }
}
