using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The right factor of a product as the kernel reads it: panels as wide as a tile, one behind the other.</summary>
internal static unsafe class RightPanels<V, TTile>
    where V : struct, ISimd<V>
    where TTile : struct, ITile
{
    /// <summary>Gets the columns of a panel; the last ones may be narrower.</summary>
    internal static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TTile.Vectors * V.Count;
    }

    /// <summary>The floats of the panels of some columns.</summary>
    internal static long Length(int columns, int depth) => (long)GemmBlocking.CeilingDivide(columns, V.Count) * V.Count * depth;

    /// <summary>The number of panels of some columns.</summary>
    internal static int Count(int columns) => GemmBlocking.CeilingDivide(columns, Columns);

    /// <summary>How many vectors wide the next panel is. Rather than a whole panel and one of a single vector, two are nearly whole.</summary>
    /// <param name="columns">The columns that are left, this panel's included.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Vectors(int columns)
    {
        int vectors = GemmBlocking.CeilingDivide(columns, V.Count);
        return vectors == TTile.Vectors + 1 && TTile.Vectors > 2 ? TTile.Vectors - 1 : int.Min(TTile.Vectors, vectors);
    }

    /// <summary>The first column of a panel.</summary>
    /// <param name="panel">The panel, at most <see cref="Count"/>, which gives <paramref name="columns"/>.</param>
    /// <param name="columns">All columns.</param>
    internal static int Start(int panel, int columns)
    {
        int start = panel * Columns;
        int left = columns - start;
        bool followsNarrowed = TTile.Vectors > 2 && panel > 0 && left > 0 && left <= V.Count;
        return int.Min(followsNarrowed ? start - V.Count : start, columns);
    }

    /// <summary>Packs columns, all of a factor's or a group of them: the first begins a panel.</summary>
    /// <param name="operands">The product.</param>
    /// <param name="start">The first column.</param>
    /// <param name="end">The column behind the last that is packed, with which a panel ends.</param>
    /// <param name="lastEnd">The column behind the last that there is.</param>
    /// <param name="panels">Receives the panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(in GemmOperands operands, int start, int end, int lastEnd, float* panels)
    {
        for (int column = start; column < end;)
        {
            int width = Vectors(lastEnd - column) * V.Count;
            float* source = operands.B + (column * operands.BColumn);
            Packing.Pack<V>(source, operands.BColumn, operands.BDepth, int.Min(width, end - column), operands.K, panels, width);
            panels += (nint)width * operands.K;
            column += width;
        }
    }
}
