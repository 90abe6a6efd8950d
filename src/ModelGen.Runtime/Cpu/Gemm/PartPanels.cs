using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>
/// The right factor of a product in parts as the kernel reads it: for every block of columns of a part, that block's panel of each part, so that one task has
/// all parts of its columns.
/// </summary>
internal static unsafe class PartPanels<V, TTile>
    where V : struct, ISimd<V>
    where TTile : struct, ITile
{
    /// <summary>The columns of a block; the last one may be narrower. Two vectors rather than three where only that makes all blocks alike, for they are shared among threads.</summary>
    /// <param name="width">The columns of a part.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Columns(int width)
    {
        int vectors = GemmBlocking.CeilingDivide(width, V.Count);
        return (vectors % TTile.Vectors != 0 && vectors % 2 == 0 ? 2 : int.Min(TTile.Vectors, vectors)) * V.Count;
    }

    /// <summary>The number of blocks.</summary>
    internal static int Count(int width) => GemmBlocking.CeilingDivide(width, Columns(width));

    /// <summary>The vectors of a block.</summary>
    /// <param name="start">Its first column within a part.</param>
    /// <param name="width">The columns of a part.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Vectors(int start, int width) => GemmBlocking.CeilingDivide(int.Min(Columns(width), width - start), V.Count);

    /// <summary>The floats of all panels of some columns, whole blocks but for the last.</summary>
    internal static long Length(int columns, int parts, int depth) => (long)GemmBlocking.CeilingDivide(columns, V.Count) * V.Count * parts * depth;

    /// <summary>Packs blocks.</summary>
    /// <param name="operands">The product.</param>
    /// <param name="start">The first column within each part; it begins a block.</param>
    /// <param name="end">The column behind the last.</param>
    /// <param name="panels">Receives the panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(in GemmOperands operands, int start, int end, float* panels)
    {
        int width = operands.N / operands.Parts;
        for (int column = start; column < end;)
        {
            int columns = Vectors(column, width) * V.Count;
            for (int part = 0; part < operands.Parts; part++)
            {
                float* source = operands.B + (((nint)(part * width) + column) * operands.BColumn);
                Packing.Pack<V>(source, operands.BColumn, operands.BDepth, int.Min(columns, width - column), operands.K, panels, columns);
                panels += (nint)columns * operands.K;
            }

            column += columns;
        }
    }
}
