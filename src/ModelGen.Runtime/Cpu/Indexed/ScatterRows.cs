using System;
using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>What happens to elements that something comes to.</summary>
internal interface IChange
{
    /// <summary>What is there before anything comes.</summary>
    static abstract void Begin(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>What is there then.</summary>
    static abstract V Apply<V>(V there, V coming)
        where V : struct, ISimd<V>;
}

/// <summary>Zeros, to which everything is added.</summary>
internal readonly struct AddTo : IChange
{
    public static void Begin(ReadOnlySpan<float> x, Span<float> y) => y.Clear();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V there, V coming)
        where V : struct, ISimd<V> => there + coming;
}

/// <summary>A tensor, of which elements are replaced.</summary>
internal readonly struct Replace : IChange
{
    public static void Begin(ReadOnlySpan<float> x, Span<float> y) => x.CopyTo(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V there, V coming)
        where V : struct, ISimd<V> => coming;
}

/// <summary>
/// Brings whole rows to the indices. Every block owns some rows of the result and looks through all indices for those that lead to them, in ascending order: so every
/// element receives what comes to it in the same order, whoever works on it.
/// </summary>
internal readonly struct ScatterRows<TIndices, TChange>(IndexedSizes sizes, Buffer<float> x, Buffer<float> source, TIndices indices, Buffer<float> y) : IRowKernel
    where TIndices : struct, IIndices
    where TChange : struct, IChange
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V>(int block, int first, int end)
        where V : struct, ISimd<V>
    {
        for (int batch = first / sizes.Size; batch * (long)sizes.Size < end; batch++)
        {
            int before = batch * sizes.Size;
            Bring<V>(batch, Math.Max(first - before, 0), Math.Min(end - before, sizes.Size));
        }
    }

    private void Bring<V>(int batch, int first, int end)
        where V : struct, ISimd<V>
    {
        nint inner = sizes.Inner;
        nint tableStart = (nint)batch * sizes.Size * inner;
        for (int row = first; row < end; row++)
        {
            nint start = tableStart + (row * inner);
            TChange.Begin(typeof(TChange) == typeof(AddTo) ? default : x.At(start).Span((int)inner), y.At(start).Span((int)inner));
        }

        Buffer<float> coming = source.At((nint)batch * sizes.Count * inner);
        for (nint from = 0; from < sizes.Count; from++)
        {
            nint row = indices[sizes.PlaceOf(batch, from)];
            if (row >= first && row < end)
            {
                Bring<V>(coming.At(from * inner), y.At(tableStart + (row * inner)), sizes.Inner);
            }
        }
    }

    private static void Bring<V>(Buffer<float> from, Buffer<float> to, int length)
        where V : struct, ISimd<V>
    {
        nint column = 0;
        for (; column <= length - V.Count; column += V.Count)
        {
            V.Store(to, column, TChange.Apply(V.Load(to, column), V.Load(from, column)));
        }

        if (column < length)
        {
            FirstLanes rest = new(length - (int)column);
            V.Store(to, column, TChange.Apply(V.Load(to, column, rest), V.Load(from, column, rest)), rest);
        }
    }
}

/// <summary>Brings elements to indices of their own. Every block owns some columns of the result; what comes to an element comes in ascending order.</summary>
internal readonly struct ScatterColumns<TIndices, TChange>(IndexedSizes sizes, Buffer<float> x, Buffer<float> source, TIndices indices, Buffer<float> y) : IRowKernel
    where TIndices : struct, IIndices
    where TChange : struct, IChange
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V>(int block, int first, int end)
        where V : struct, ISimd<V>
    {
        for (int batch = first / sizes.Inner; batch * (long)sizes.Inner < end; batch++)
        {
            int before = batch * sizes.Inner;
            Bring(batch, Math.Max(first - before, 0), Math.Min(end - before, sizes.Inner));
        }
    }

    private void Bring(int batch, int first, int end)
    {
        nint inner = sizes.Inner;
        int length = end - first;
        nint tableStart = (nint)batch * sizes.Size * inner;
        for (nint row = 0; row < sizes.Size; row++)
        {
            nint start = tableStart + (row * inner) + first;
            TChange.Begin(typeof(TChange) == typeof(AddTo) ? default : x.At(start).Span(length), y.At(start).Span(length));
        }

        Buffer<float> table = y.At(tableStart);
        nint sourceStart = (nint)batch * sizes.Count * inner;
        for (nint from = 0; from < sizes.Count; from++)
        {
            nint place = sizes.PlaceOf(batch, from);
            for (nint column = first; column < end; column++)
            {
                ref float element = ref table[(indices[place + column] * inner) + column];
                element = typeof(TChange) == typeof(AddTo) ? element + source[sourceStart + (from * inner) + column] : source[sourceStart + (from * inner) + column];
            }
        }
    }
}
