using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Makes parts of a left factor of what lies in memory, by a kernel's prologue.</summary>
/// <param name="prologue">The kernel.</param>
/// <param name="read">Reads a block of memory by it: see <see cref="ReadRows{V, TPrologue}"/>.</param>
internal readonly unsafe struct LeftReader(void* prologue, delegate*<void*, float*, nint, int, int, int, int, float*, void> read)
{
    private readonly void* prologue = prologue;
    private readonly delegate*<void*, float*, nint, int, int, int, int, float*, void> read = read;

    /// <summary>The reader for vectors of a chosen width.</summary>
    internal static LeftReader For<V, TPrologue>(void* prologue)
        where V : struct, ISimd<V>
        where TPrologue : struct, IGemmPrologue => new(prologue, &ReadRows<V, TPrologue>);

    /// <summary>Makes a block of the factor, which lies as it does in memory, but in one piece.</summary>
    /// <param name="operands">The product.</param>
    /// <param name="row">The factor's first row.</param>
    /// <param name="lastRow">The row behind the last.</param>
    /// <param name="firstDepth">The first step of depth.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="block">Receives the block.</param>
    /// <returns>Where its lines are.</returns>
    internal LeftLines Read(in GemmOperands operands, int row, int lastRow, int firstDepth, int depth, float* block)
    {
        if (operands.TransposesA)
        {
            read(prologue, operands.A, operands.ADepth, firstDepth, firstDepth + depth, row, lastRow, block);
            return new(block, 1, lastRow - row);
        }

        read(prologue, operands.A, operands.ARow, row, lastRow, firstDepth, firstDepth + depth, block);
        return new(block, depth, 1);
    }

    /// <summary>Reads a block of memory by a prologue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadRows<V, TPrologue>(void* prologue, float* source, nint stride, int row, int lastRow, int firstColumn, int lastColumn, float* block)
        where V : struct, ISimd<V>
        where TPrologue : struct, IGemmPrologue
    {
        TPrologue work = Unsafe.AsRef<TPrologue>(prologue); // a copy, whose fields live in registers
        for (; row < lastRow; row++)
        {
            float* from = source + (row * stride);
            int column = firstColumn;
            for (; column + V.Count <= lastColumn; column += V.Count, block += V.Count)
            {
                V.Store(new(block), 0, work.Read<V, AllLanes>(row, column, V.Load(new(from), column), default));
            }

            if (column < lastColumn)
            {
                var lanes = new FirstLanes(lastColumn - column);
                V.Store(new(block), 0, work.Read<V, FirstLanes>(row, column, V.Load(new(from), column, lanes), lanes), lanes);
                block += lastColumn - column;
            }
        }
    }
}
