using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Schedule;

/// <summary>How a device works on the rows of a kernel.</summary>
/// <param name="Lanes">The number of threads that work on a row together: a power of two. A thread group is <see cref="ThreadsPerGroup"/> threads, and so one team or several.</param>
/// <param name="KeepsSums">
/// Whether the sums per column are kept in the group's shared memory until the end, for each of its teams, instead of in the device's memory. A group with sums in the
/// device's memory is one team.
/// </param>
internal sealed record RowTeam(int Lanes, bool KeepsSums)
{
    /// <summary>The threads of a group (<c>GpuRows.ThreadsPerGroup</c> of the runtime).</summary>
    public const int ThreadsPerGroup = 256;

    private const int Warp = 32;
    private const int ElementsPerLane = 4;

    /// <summary>Of the 48 KB that a group may have, what leaves room for three groups at a time.</summary>
    private const int MostSharedFloats = 4096;

    /// <summary>What is assumed of a row whose length is open.</summary>
    private const int TypicalLength = 256;

    /// <summary>Gets the number of rows that a group works on at a time.</summary>
    public int Teams => ThreadsPerGroup / Lanes;

    public static RowTeam Of(RowKernel kernel)
    {
        int lanes = kernel.Stages.Any(stage => stage.IsLoop) ? LanesOf(kernel.Inner.Evaluate(_ => TypicalLength)) : 1;
        Dim columns = ColumnSums(kernel).Aggregate(Dim.Zero, (sum, next) => sum + next.Columns);
        return columns.IsConstant && columns.Value * (ThreadsPerGroup / lanes) <= MostSharedFloats
            ? new RowTeam(lanes, KeepsSums: true)
            : new RowTeam(ThreadsPerGroup, KeepsSums: false);
    }

    /// <summary>A short row takes a thread for each element; a long one four elements for each thread, and whole warps.</summary>
    private static int LanesOf(long length) => length <= Warp
        ? PowerOfTwo(length)
        : Math.Min(Math.Max(PowerOfTwo((length + ElementsPerLane - 1) / ElementsPerLane), Warp), ThreadsPerGroup);

    private static IEnumerable<BlockSum> ColumnSums(RowKernel kernel) => kernel.Stages
        .Where(stage => stage.IsLoop)
        .SelectMany(stage => stage.Body.OfType<Accumulate>())
        .Select(accumulate => kernel.Sums[accumulate.Sum]);

    private static int PowerOfTwo(long atLeast)
    {
        int power = 1;
        while (power < atLeast && power < ThreadsPerGroup)
        {
            power *= 2;
        }

        return power;
    }
}
