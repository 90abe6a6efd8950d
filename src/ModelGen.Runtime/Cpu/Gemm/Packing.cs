using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>Copies parts of a matrix into panels: for every step of depth, a panel holds the elements of its lines side by side.</summary>
/// <remarks>A line is a row of the left matrix or a column of the right one. Lines that do not exist are zeros.</remarks>
internal static unsafe class Packing
{
    // As many as a first-level cache has ways: rows of a matrix often lie a multiple of its size apart.
    private const int StepsAtOnce = 8;

    /// <summary><c>panel[p, l] = source[l · lineStride + p · depthStride]</c>; one of the strides is 1.</summary>
    /// <param name="source">The element of line 0, depth 0.</param>
    /// <param name="lineStride">The distance between lines.</param>
    /// <param name="depthStride">The distance between steps of depth.</param>
    /// <param name="lines">The number of lines that exist.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="panel">Receives [depth, width].</param>
    /// <param name="width">The number of lines of the panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Pack<V>(float* source, nint lineStride, nint depthStride, int lines, int depth, float* panel, int width)
        where V : struct, ISimd<V>
    {
        if (lineStride == 1)
        {
            Copy<V>(source, depthStride, lines, depth, panel, width);
        }
        else
        {
            Transpose(source, lineStride, lines, depth, panel, width);
        }
    }

    /// <summary>Packs many panels of lines that lie side by side, a few steps at a time: memory is read along its rows, not down its columns, and
    /// each line of the cache is left when it is full.</summary>
    /// <param name="source">The element of line 0, depth 0.</param>
    /// <param name="depthStride">The distance between steps of depth.</param>
    /// <param name="lines">The number of lines that exist.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="panels">Receives [⌈lines / width⌉, depth, width].</param>
    /// <param name="width">The number of lines of a panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CopyPanels<V>(float* source, nint depthStride, int lines, int depth, float* panels, int width)
        where V : struct, ISimd<V>
    {
        for (int firstStep = 0; firstStep < depth; firstStep += StepsAtOnce)
        {
            int steps = int.Min(StepsAtOnce, depth - firstStep);
            for (int line = 0; line < lines; line += width)
            {
                float* from = source + (firstStep * depthStride) + line;
                float* to = panels + ((nint)line * depth) + ((nint)firstStep * width);
                for (int step = 0; step < steps; step++, from += depthStride, to += width)
                {
                    CopyStep<V>(from, int.Min(lines - line, width), to, width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyStep<V>(float* source, int lines, float* panel, int width)
        where V : struct, ISimd<V>
    {
        if (Vector256.IsHardwareAccelerated && width == Vector256<float>.Count && lines == width)
        {
            Vector256.Load(source).Store(panel);
            return;
        }

        if (width == 6 && lines == width)
        {
            Vector128.Load(source).Store(panel);
            *(long*)(panel + 4) = *(long*)(source + 4);
            return;
        }

        for (int part = 0; part < width; part += V.Count)
        {
            V value = V.Load(new(source), part, new FirstLanes(int.Clamp(lines - part, 0, int.Min(width - part, V.Count))));
            V.Store(new(panel), part, value, new FirstLanes(int.Min(width - part, V.Count)));
        }
    }

    /// <summary>Lines lie side by side already: every step is a short copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<V>(float* source, nint depthStride, int lines, int depth, float* panel, int width)
        where V : struct, ISimd<V>
    {
        for (; depth > 0; depth--)
        {
            int line = 0;
            for (; line + V.Count <= lines; line += V.Count)
            {
                V.Store(new(panel), line, V.Load(new(source), line));
            }

            for (; line < width; line += V.Count)
            {
                V value = V.Load(new(source), line, new FirstLanes(int.Clamp(lines - line, 0, V.Count)));
                V.Store(new(panel), line, value, new FirstLanes(int.Min(width - line, V.Count)));
            }

            source += depthStride;
            panel += width;
        }
    }

    /// <summary>Depth lies side by side: eight or four lines at a time are transposed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* source, nint lineStride, int lines, int depth, float* panel, int width)
    {
        int line = 0;
        for (; Avx.IsSupported && line + 8 <= lines; line += 8)
        {
            TransposeEight(source + (line * lineStride), lineStride, depth, panel + line, width);
        }

        for (; line + 4 <= lines; line += 4)
        {
            TransposeFour(source + (line * lineStride), lineStride, depth, panel + line, width);
        }

        for (; line < lines; line++)
        {
            float* from = source + (line * lineStride);
            float* to = panel + line;
            for (int p = 0; p < depth; p++, to += width)
            {
                *to = from[p];
            }
        }

        for (; line < width; line++)
        {
            float* to = panel + line;
            for (int p = 0; p < depth; p++, to += width)
            {
                *to = 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEight(float* source, nint stride, int depth, float* panel, int width)
    {
        int p = 0;
        for (; p + 8 <= depth; p += 8, panel += 8 * width)
        {
            float* from = source + p;
            (Vector256<float> low01, Vector256<float> high01) = Interleave(from, stride);
            (Vector256<float> low23, Vector256<float> high23) = Interleave(from + (2 * stride), stride);
            (Vector256<float> low45, Vector256<float> high45) = Interleave(from + (4 * stride), stride);
            (Vector256<float> low67, Vector256<float> high67) = Interleave(from + (6 * stride), stride);
            StoreSteps(Pairs(low01, low23, 0), Pairs(low45, low67, 0), panel, width);
            StoreSteps(Pairs(low01, low23, 1), Pairs(low45, low67, 1), panel + width, width);
            StoreSteps(Pairs(high01, high23, 0), Pairs(high45, high67, 0), panel + (2 * width), width);
            StoreSteps(Pairs(high01, high23, 1), Pairs(high45, high67, 1), panel + (3 * width), width);
        }

        for (; p < depth; p++, panel += width)
        {
            for (int line = 0; line < 8; line++)
            {
                panel[line] = source[p + (line * stride)];
            }
        }
    }

    /// <summary>In each half, steps 0 and 1 (or 2 and 3) of two lines: line, next line, line, next line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Interleave(float* line, nint stride)
    {
        Vector256<float> first = Vector256.Load(line), second = Vector256.Load(line + stride);
        return (Avx.UnpackLow(first, second), Avx.UnpackHigh(first, second));
    }

    /// <summary>In each half, one step of four lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pairs(Vector256<float> lines01, Vector256<float> lines23, int step) => step == 0
        ? Avx.UnpackLow(lines01.AsDouble(), lines23.AsDouble()).AsSingle()
        : Avx.UnpackHigh(lines01.AsDouble(), lines23.AsDouble()).AsSingle();

    /// <summary>Stores a step of eight lines, and the one four steps behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSteps(Vector256<float> lines0123, Vector256<float> lines4567, float* panel, int width)
    {
        Avx.Permute2x128(lines0123, lines4567, 0x20).Store(panel);
        Avx.Permute2x128(lines0123, lines4567, 0x31).Store(panel + (4 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(float* source, nint stride, int depth, float* panel, int width)
    {
        int p = 0;
        for (; Sse.IsSupported && p + 4 <= depth; p += 4, panel += 4 * width)
        {
            Vector128<float> row0 = Vector128.Load(source + p);
            Vector128<float> row1 = Vector128.Load(source + p + stride);
            Vector128<float> row2 = Vector128.Load(source + p + (2 * stride));
            Vector128<float> row3 = Vector128.Load(source + p + (3 * stride));
            Vector128<float> low01 = Sse.UnpackLow(row0, row1);
            Vector128<float> low23 = Sse.UnpackLow(row2, row3);
            Vector128<float> high01 = Sse.UnpackHigh(row0, row1);
            Vector128<float> high23 = Sse.UnpackHigh(row2, row3);
            Sse.MoveLowToHigh(low01, low23).Store(panel);
            Sse.MoveHighToLow(low23, low01).Store(panel + width);
            Sse.MoveLowToHigh(high01, high23).Store(panel + (2 * width));
            Sse.MoveHighToLow(high23, high01).Store(panel + (3 * width));
        }

        for (; p < depth; p++, panel += width)
        {
            panel[0] = source[p];
            panel[1] = source[p + stride];
            panel[2] = source[p + (2 * stride)];
            panel[3] = source[p + (3 * stride)];
        }
    }
}
