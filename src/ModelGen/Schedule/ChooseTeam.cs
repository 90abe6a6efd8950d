using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Decides how devices work on the rows of a kernel: how many threads share a row, where its sums are kept, and when the threads wait for each other.</summary>
/// <example><code>
/// rows [batch], a row of 10 numbers, sums per column    →    16 threads for a row, 16 rows at a time, 10 sums for each in shared memory
/// </code></example>
internal static class ChooseTeam
{
    private const int Warp = 32;

    /// <summary>Measured on an H100 with rows of 1,024: 64 threads for a row take two thirds of the time of 256, which wait for each other longer, and of 32.</summary>
    private const int ElementsPerLane = 16;

    /// <summary>Of the 48 KB that a group may have, what leaves room for three groups at a time.</summary>
    private const int MostSharedFloats = 4096;

    /// <summary>What is assumed of a row whose length is open.</summary>
    private const int TypicalLength = 1024;

    /// <summary>The kernel with its team. It is complete, but for its name and comment; kernels without rows have no team.</summary>
    public static Kernel Run(Kernel kernel) => kernel is RowKernel rows ? Run(rows) : kernel;

    public static RowKernel Run(RowKernel kernel)
    {
        int lanes = kernel.Stages.Any(stage => stage.IsLoop) ? LanesOf(kernel.Inner.Evaluate(_ => TypicalLength)) : 1;
        Dim columns = ColumnSums(kernel).Aggregate(Dim.Zero, (sum, next) => sum + next.Columns);
        bool keepsSums = columns.IsConstant && columns.Value * (RowTeam.ThreadsPerGroup / lanes) <= MostSharedFloats;
        return kernel with { Team = new RowTeam(keepsSums ? lanes : RowTeam.ThreadsPerGroup, keepsSums, Waits(kernel.Stages).ToEquatableArray()) };
    }

    /// <summary>A short row takes a thread for each element; a long one sixteen elements for each thread, and whole warps.</summary>
    private static int LanesOf(long length) => length <= Warp
        ? PowerOfTwo(length)
        : Math.Min(Math.Max(PowerOfTwo((length + ElementsPerLane - 1) / ElementsPerLane), Warp), RowTeam.ThreadsPerGroup);

    private static IEnumerable<BlockSum> ColumnSums(RowKernel kernel) => kernel.Stages
        .Where(stage => stage.IsLoop)
        .SelectMany(stage => stage.Body.OfType<Accumulate>())
        .Select(accumulate => kernel.Sums[accumulate.Sum]);

    /// <summary>A thread reads what it has written itself; what others of the group have written it may read once all have come this far.</summary>
    private static IEnumerable<int> Waits(EquatableArray<Stage> stages)
    {
        HashSet<Access> stored = [];
        for (int index = 0; index < stages.Count; index++)
        {
            EquatableArray<Instruction> body = stages[index].Body;
            IEnumerable<Access> loads = body.SelectMany(InstructionRewriter.Loads).Select(load => load.From);
            if (loads.Any(load => stored.Any(store => store.Operand == load.Operand && store != load)))
            {
                yield return index;
                stored.Clear();
            }

            stored.UnionWith(body.OfType<Store>().Select(store => store.To));
        }
    }

    private static int PowerOfTwo(long atLeast)
    {
        int power = 1;
        while (power < atLeast && power < RowTeam.ThreadsPerGroup)
        {
            power *= 2;
        }

        return power;
    }
}
