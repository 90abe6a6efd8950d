using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Brings a factor's part of a tile from global memory to shared memory, up to two strips by each thread.</summary>
/// <remarks>
/// In shared memory the part is [k, line], so that a thread reads four lines at once. Between reading and writing lies the work on the part before:
/// it hides the time that global memory takes.
/// </remarks>
internal readonly struct GpuStage<TFactor>(Strip4 first, Strip4 second)
    where TFactor : struct, IGpuFactor
{
    private readonly Strip4 first = first;
    private readonly Strip4 second = second;

    /// <summary>Reads the strips of one thread.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="batch">Its matrix.</param>
    /// <param name="line">The tile's first line.</param>
    /// <param name="k">The first term of the sums.</param>
    /// <param name="end">Where the sums end.</param>
    /// <param name="lines">The tile's lines.</param>
    /// <param name="depth">The tile's depth.</param>
    /// <returns>The strips.</returns>
    public static GpuStage<TFactor> Read(in TFactor factor, int batch, int line, int k, int end, int lines, int depth)
    {
        int strip = Group.IdxX;
        Strip4 first = default, second = default;
        if (strip < lines * depth / 4)
        {
            first = factor.Read(batch, line + Line(strip, lines, depth), k + Term(strip, lines, depth), end);
        }

        if (GpuTiles.Threads < lines * depth / 4)
        {
            strip += GpuTiles.Threads;
            second = factor.Read(batch, line + Line(strip, lines, depth), k + Term(strip, lines, depth), end);
        }

        return new(first, second);
    }

    /// <summary>Writes what <see cref="Read"/> has read to shared memory.</summary>
    public void Write(in TFactor factor, int batch, int line, int k, int end, int lines, int depth, ArrayView<float> shared, int at, int stride)
    {
        int strip = Group.IdxX;
        if (strip < lines * depth / 4)
        {
            Write(factor, batch, line, k, end, Line(strip, lines, depth), Term(strip, lines, depth), first, shared, at, stride);
        }

        if (GpuTiles.Threads < lines * depth / 4)
        {
            strip += GpuTiles.Threads;
            Write(factor, batch, line, k, end, Line(strip, lines, depth), Term(strip, lines, depth), second, shared, at, stride);
        }
    }

    private static int Line(int strip, int lines, int depth) => TFactor.IsAlongDepth ? strip / (depth / 4) : strip % (lines / 4) * 4;

    private static int Term(int strip, int lines, int depth) => TFactor.IsAlongDepth ? strip % (depth / 4) * 4 : strip / (lines / 4);

    private static void Write(
        in TFactor factor, int batch, int line, int k, int end, int inLine, int inK, Strip4 strip, ArrayView<float> shared, int at, int stride)
    {
        at += (inK * stride) + inLine;
        line += inLine;
        k += inK;
        int alongDepth = TFactor.IsAlongDepth ? 1 : 0;
        int acrossLines = 1 - alongDepth;
        float x = Apply(factor, batch, line, k, end, strip.X);
        float y = Apply(factor, batch, line + acrossLines, k + alongDepth, end, strip.Y);
        float z = Apply(factor, batch, line + (2 * acrossLines), k + (2 * alongDepth), end, strip.Z);
        float w = Apply(factor, batch, line + (3 * acrossLines), k + (3 * alongDepth), end, strip.W);
        if (TFactor.IsAlongDepth)
        {
            shared[at] = x;
            shared[at + stride] = y;
            shared[at + (2 * stride)] = z;
            shared[at + (3 * stride)] = w;
        }
        else
        {
            shared.Cast<Strip4>()[at >> 2] = new(x, y, z, w);
        }
    }

    /// <summary>What lies beyond the factor stays 0, whatever the prologue makes of 0.</summary>
    private static float Apply(in TFactor factor, int batch, int line, int k, int end, float value) =>
        line < factor.Lines && k < end ? factor.Apply(batch, line, k, value) : 0f;
}
