using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>A product whose left factor is a chunk of exponentials where it lies, and whose right factor has been packed.</summary>
/// <param name="columns">The columns of the product.</param>
/// <param name="depth">The terms of each sum.</param>
/// <param name="panels">The right factor, as <see cref="RightPanels{V, TTile}"/> packs it.</param>
/// <param name="tile">Memory for a tile.</param>
/// <param name="sum">[rows, columns]: receives the product.</param>
/// <param name="add">Whether to add to what it holds.</param>
internal readonly unsafe struct ChunkProduct<V, TTile>(int columns, int depth, float* panels, float* tile, Buffer<float> sum, bool add)
    where V : struct, ISimd<V>
    where TTile : struct, ITile
{
    private readonly float* panels = panels;
    private readonly float* tile = tile;

    /// <summary>A row of tiles.</summary>
    /// <param name="lines">The left factor's lines.</param>
    /// <param name="row">The first row.</param>
    /// <param name="count">The rows, at most a tile's.</param>
    /// <param name="ahead">What is needed soon.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(in LeftLines lines, int row, int count, ref Ahead ahead)
    {
        float* right = panels;
        for (int column = 0; column < columns;)
        {
            int vectors = RightPanels<V, TTile>.Vectors(columns - column), width = vectors * V.Count;
            float* to = sum.At(((nint)row * columns) + column).Start;
            RightLines steps = ahead.Along(right, width, depth);
            if (count == TTile.Rows && column + width <= columns)
            {
                TTile.Multiply<V, RowsSink>(count, vectors, depth, lines, steps, new RowsSink(to, columns, add));
            }
            else
            {
                TTile.Multiply<V, SumsSink>(count, vectors, depth, lines, steps, new SumsSink(tile, add: false));
                Finish(to, count, int.Min(width, columns - column), width);
            }

            right += (nint)width * depth;
            column += width;
        }
    }

    /// <summary>A tile beyond the product's end.</summary>
    private void Finish(float* to, int rows, int count, int width)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < count; column++)
            {
                float value = tile[(row * width) + column];
                to[((nint)row * columns) + column] = add ? to[((nint)row * columns) + column] + value : value;
            }
        }
    }

    /// <summary>A whole tile goes to the product's rows.</summary>
    private readonly struct RowsSink(float* to, nint stride, bool add) : ITileSink
    {
        private readonly float* to = to;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put<W>(int row, int vector, int vectors, W value)
            where W : struct, ISimd<W>
        {
            nint place = (row * stride) + (vector * W.Count);
            W.Store(new(to), place, add ? value + W.Load(new(to), place) : value);
        }
    }
}
