using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Rows of the left factor as the kernel reads them: as many side by side as a tile has, for every step of depth; the last ones may be zeros.</summary>
internal static unsafe class LeftPanels<V, TTile>
    where V : struct, ISimd<V>
    where TTile : struct, ITile
{
    /// <summary>Packs rows.</summary>
    /// <param name="operands">The product.</param>
    /// <param name="row">The first row.</param>
    /// <param name="lastRow">The row behind the last.</param>
    /// <param name="firstDepth">The first step of depth.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="left">Receives [⌈rows / tile⌉, depth, rows of a tile].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(in GemmOperands operands, int row, int lastRow, int firstDepth, int depth, float* left)
    {
        float* source = operands.A + (row * operands.ARow) + (firstDepth * operands.ADepth);
        if (operands.ARow == 1)
        {
            Packing.CopyPanels<V>(source, operands.ADepth, lastRow - row, depth, left, TTile.Rows);
            return;
        }

        for (; row < lastRow; row += TTile.Rows)
        {
            Packing.Pack<V>(source, operands.ARow, operands.ADepth, int.Min(TTile.Rows, lastRow - row), depth, left, TTile.Rows);
            source += TTile.Rows * operands.ARow;
            left += (nint)depth * TTile.Rows;
        }
    }
}
