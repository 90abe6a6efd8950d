using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>What is known of a block's rows: for every chunk of classes, then for all of them.</summary>
/// <remarks>Rows lie side by side, so that a vector holds the same number of many rows.</remarks>
/// <param name="rows">The rows of the largest block.</param>
/// <param name="chunks">The number of chunks.</param>
/// <param name="memory">[3 · chunks + 3, rows]: see <see cref="Length"/>.</param>
internal readonly struct RowTotals(int rows, int chunks, Buffer<float> memory)
{
    /// <summary>The floats that it needs.</summary>
    public static int Length(int rows, int chunks) => rows * ((3 * chunks) + 3);

    /// <summary>The greatest score of a row within a chunk; behind <see cref="Join{V}(in LinearLossSizes, int)"/> the factor that makes gradients of the chunk's exponentials.</summary>
    public Buffer<float> Greatest(int chunk) => memory.At((nint)chunk * rows);

    /// <summary>The sum of the exponentials of a chunk, each of the score less the chunk's greatest.</summary>
    public Buffer<float> Totals(int chunk) => memory.At((nint)(chunks + chunk) * rows);

    /// <summary>The sum of the scores less the chunk's greatest.</summary>
    public Buffer<float> Shifted(int chunk) => memory.At((nint)((2 * chunks) + chunk) * rows);

    /// <summary>Gets the score at the target; 0 where the target is no class.</summary>
    public Buffer<float> Picked => memory.At(3 * (nint)chunks * rows);

    /// <summary>Gets 1 / (rows that count) for a row that counts, 0 for another.</summary>
    public Buffer<float> Shares => memory.At(((3 * (nint)chunks) + 1) * rows);

    /// <summary>Gets the losses, behind <see cref="Join{V}(in LinearLossSizes, int)"/>.</summary>
    public Buffer<float> Losses => memory.At(((3 * (nint)chunks) + 2) * rows);

    /// <summary>Joins the chunks of some rows: <c>Σ exp(x − greatest)</c>, each row's loss, and the chunks' factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Join<V>(in LinearLossSizes sizes, int count)
        where V : struct, ISimd<V>
    {
        for (int row = 0; row < count; row += V.Count)
        {
            Join<V>(sizes, row, new FirstLanes(int.Min(count - row, V.Count)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Join<V>(in LinearLossSizes sizes, int row, FirstLanes lanes)
        where V : struct, ISimd<V>
    {
        V greatest = V.Broadcast(float.MinValue), total = V.Zero, shifted = V.Zero;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            greatest = V.Greatest(greatest, V.Load(Greatest(chunk), row, lanes));
        }

        for (int chunk = 0; chunk < chunks; chunk++)
        {
            V less = V.Load(Greatest(chunk), row, lanes) - greatest;
            total = V.MultiplyAdd(V.Load(Totals(chunk), row, lanes), SimdCalls.Exp(less), total);
            int classes = sizes.FirstClass(chunk + 1) - sizes.FirstClass(chunk);
            shifted += sizes.Smoothing == 0f ? V.Zero : V.MultiplyAdd(less, V.Broadcast(classes), V.Load(Shifted(chunk), row, lanes));
        }

        V share = V.Load(Shares, row, lanes);
        V perTotal = share / total;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            V less = V.Load(Greatest(chunk), row, lanes) - greatest;
            V.Store(Greatest(chunk), row, SimdCalls.Exp(less) * perTotal, lanes);
        }

        V logTotal = SimdCalls.Log(total);
        V loss = logTotal - (V.Load(Picked, row, lanes) - greatest);
        if (sizes.Smoothing != 0f)
        {
            V even = logTotal - (shifted * (1f / sizes.Classes));
            loss = (loss * (1f - sizes.Smoothing)) + (even * sizes.Smoothing);
        }

        V.Store(Losses, row, V.Select(V.Greater(share, V.Zero), loss, V.Zero), lanes);
    }
}
