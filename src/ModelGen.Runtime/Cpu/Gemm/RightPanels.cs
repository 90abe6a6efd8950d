using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The right factor of a product as the kernel reads it: panels as wide as a tile, one behind the other.</summary>
internal static unsafe class RightPanels<V, TTile>
    where V : struct, ISimd<V>
    where TTile : struct, ITile
{
    /// <summary>Gets the columns of every panel but the last, which is as many vectors wide as it has to be.</summary>
    internal static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TTile.Vectors * V.Count;
    }

    /// <summary>The floats of a whole factor's panels.</summary>
    internal static long Length(in GemmOperands operands) => (long)GemmBlocking.CeilingDivide(operands.N, V.Count) * V.Count * operands.K;

    /// <summary>How many vectors wide the panel is that begins at a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Vectors(int column, int end) => int.Min(TTile.Vectors, GemmBlocking.CeilingDivide(end - column, V.Count));

    /// <summary>Packs the columns from <paramref name="start"/> up to but not including <paramref name="end"/>.</summary>
    /// <param name="operands">The product.</param>
    /// <param name="start">The first column, with which a panel begins.</param>
    /// <param name="end">The column behind the last.</param>
    /// <param name="panels">Receives the panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(in GemmOperands operands, int start, int end, float* panels)
    {
        for (int column = start; column < end; column += Columns)
        {
            int width = Vectors(column, end) * V.Count;
            float* source = operands.B + (column * operands.BColumn);
            Packing.Pack<V>(source, operands.BColumn, operands.BDepth, int.Min(Columns, end - column), operands.K, panels, width);
            panels += (nint)width * operands.K;
        }
    }
}
