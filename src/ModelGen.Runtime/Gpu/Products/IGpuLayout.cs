using ILGPU;

namespace ModelGen.Gpu;

/// <summary>How a factor lies in memory, and how four of its numbers come from there into shared memory.</summary>
/// <remarks>Places beyond the factor count as 0. A line is a row of the left factor or a column of the right one.</remarks>
internal interface IGpuLayout
{
    /// <summary>Gets a value indicating whether the numbers of a line lie beside each other; otherwise lines do.</summary>
    static abstract bool IsAlongDepth { get; }

    /// <summary>Reads four numbers.</summary>
    /// <param name="values">The factor.</param>
    /// <param name="start">Where its matrix begins.</param>
    /// <param name="line">The line, or the first of four.</param>
    /// <param name="k">The place in the line, or the first of four.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="depth">The length of a line.</param>
    /// <param name="end">Where the sums end: <paramref name="depth"/>, or a multiple of a tile's depth before it.</param>
    /// <returns>The numbers.</returns>
    static abstract Strip4 Read(ArrayView<float> values, int start, int line, int k, int lines, int depth, int end);
}

/// <summary>Lines of numbers; their length and the start are multiples of four.</summary>
internal readonly struct AlongDepth4 : IGpuLayout
{
    public static bool IsAlongDepth => true;

    public static Strip4 Read(ArrayView<float> values, int start, int line, int k, int lines, int depth, int end)
    {
        Strip4 strip = default;
        if (line < lines && k < end)
        {
            strip = values.Cast<Strip4>()[(start + (line * depth) + k) >> 2];
        }

        return strip;
    }
}

/// <summary>Lines of numbers, of any length.</summary>
internal readonly struct AlongDepth1 : IGpuLayout
{
    public static bool IsAlongDepth => true;

    public static Strip4 Read(ArrayView<float> values, int start, int line, int k, int lines, int depth, int end)
    {
        int at = start + (line * depth) + k;
        int count = line < lines ? end - k : 0;
        return GpuLayouts.Read(values, at, count);
    }
}

/// <summary>Lines beside each other; their number and the start are multiples of four.</summary>
internal readonly struct AcrossLines4 : IGpuLayout
{
    public static bool IsAlongDepth => false;

    public static Strip4 Read(ArrayView<float> values, int start, int line, int k, int lines, int depth, int end)
    {
        Strip4 strip = default;
        if (line < lines && k < end)
        {
            strip = values.Cast<Strip4>()[(start + (k * lines) + line) >> 2];
        }

        return strip;
    }
}

/// <summary>Lines beside each other, any number.</summary>
internal readonly struct AcrossLines1 : IGpuLayout
{
    public static bool IsAlongDepth => false;

    public static Strip4 Read(ArrayView<float> values, int start, int line, int k, int lines, int depth, int end)
    {
        int at = start + (k * lines) + line;
        int count = k < end ? lines - line : 0;
        return GpuLayouts.Read(values, at, count);
    }
}

/// <summary>What layouts share.</summary>
internal static class GpuLayouts
{
    /// <summary>Up to four numbers, 0 for those that are missing.</summary>
    public static Strip4 Read(ArrayView<float> values, int at, int count)
    {
        float x = 0f, y = 0f, z = 0f, w = 0f;
        if (count > 0)
        {
            x = values[at];
        }

        if (count > 1)
        {
            y = values[at + 1];
        }

        if (count > 2)
        {
            z = values[at + 2];
        }

        if (count > 3)
        {
            w = values[at + 3];
        }

        return new(x, y, z, w);
    }
}
