using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Sums that grow along the middle axis of <c>[outer, length, inner]</c>, element after element: one pass over memory.</summary>
public static class GrowingSums
{
    /// <summary><c>y[o, i, k] = Σⱼ x[o, j, k]</c> over <c>j ≤ i</c>, in ascending order.</summary>
    /// <param name="outer">The number of tables.</param>
    /// <param name="length">The length of the axis that is summed along.</param>
    /// <param name="inner">The number of columns.</param>
    /// <param name="x">The tables.</param>
    /// <param name="y">Receives the sums.</param>
    /// <param name="threads">The most threads to use.</param>
    public static void SumOfEarlier(int outer, int length, int inner, Buffer<float> x, Buffer<float> y, int threads) =>
        Sum(outer, length, inner, first: 0, step: 1, x, y, threads);

    /// <summary><c>y[o, i, k] = Σⱼ x[o, j, k]</c> over <c>j ≥ i</c>, in descending order.</summary>
    /// <inheritdoc cref="SumOfEarlier"/>
    public static void SumOfLater(int outer, int length, int inner, Buffer<float> x, Buffer<float> y, int threads) =>
        Sum(outer, length, inner, first: length - 1, step: -1, x, y, threads);

    private static void Sum(int outer, int length, int inner, int first, int step, Buffer<float> x, Buffer<float> y, int threads)
    {
        if (length == 0)
        {
            return;
        }

        if (inner == 1)
        {
            Launch.Rows(new AlongRows(length, first, step, x, y), outer, length, threads);
        }
        else if (inner > 1)
        {
            // A row of the launch is a strip of columns of one table, so that there is work for all threads where there are few tables.
            int strips = (inner + AlongColumns.Width - 1) / AlongColumns.Width;
            Launch.Rows(new AlongColumns(length, inner, strips, first, step, x, y), checked(outer * strips), length * int.Min(inner, AlongColumns.Width), threads);
        }
    }

    /// <summary>Sums along rows. Four rows at a time: a sum waits for the one before it, and meanwhile those of other rows go on.</summary>
    private readonly struct AlongRows(int length, int begin, int step, Buffer<float> x, Buffer<float> y) : IRowKernel
    {
        private const int Together = 4;

        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            int row = first;
            for (; row <= end - Together; row += Together)
            {
                RunTogether((nint)row * length);
            }

            for (; row < end; row++)
            {
                RunAlone((nint)row * length);
            }
        }

        private void RunTogether(nint start)
        {
            (nint second, nint third, nint fourth) = (start + length, start + (2 * (nint)length), start + (3 * (nint)length));
            (float a, float b, float c, float d) = (0, 0, 0, 0);
            nint place = begin;
            for (int count = 0; count < length; count++, place += step)
            {
                y[start + place] = a += x[start + place];
                y[second + place] = b += x[second + place];
                y[third + place] = c += x[third + place];
                y[fourth + place] = d += x[fourth + place];
            }
        }

        private void RunAlone(nint start)
        {
            float sum = 0;
            nint place = start + begin;
            for (int count = 0; count < length; count++, place += step)
            {
                y[place] = sum += x[place];
            }
        }
    }

    /// <summary>Sums down columns, strip by strip, a vector of columns at a time.</summary>
    private readonly struct AlongColumns(int length, int inner, int strips, int begin, int step, Buffer<float> x, Buffer<float> y) : IRowKernel
    {
        /// <summary>The columns of a strip: whole cache lines, whose sums stay in the nearest cache.</summary>
        public const int Width = 256;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            for (int row = first; row < end; row++)
            {
                int column = row % strips * Width;
                RunStrip<V>(((nint)(row / strips) * length * inner) + column, int.Min(inner - column, Width));
            }
        }

        private void RunStrip<V>(nint start, int width)
            where V : struct, ISimd<V>
        {
            nint place = start + ((nint)begin * inner);
            x.At(place).Span(width).CopyTo(y.At(place).Span(width));
            for (int count = 1; count < length; count++)
            {
                nint next = place + ((nint)step * inner);
                AddRow<V>(y.At(place), x.At(next), y.At(next), width);
                place = next;
            }
        }

        private static void AddRow<V>(Buffer<float> sums, Buffer<float> coming, Buffer<float> to, int width)
            where V : struct, ISimd<V>
        {
            nint column = 0;
            for (; column <= width - V.Count; column += V.Count)
            {
                V.Store(to, column, V.Load(sums, column) + V.Load(coming, column));
            }

            if (column < width)
            {
                FirstLanes rest = new(width - (int)column);
                V.Store(to, column, V.Load(sums, column, rest) + V.Load(coming, column, rest), rest);
            }
        }
    }
}
