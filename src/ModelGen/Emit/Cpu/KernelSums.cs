using System.Collections.Generic;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>The block sums of a kernel.</summary>
internal static class KernelSums
{
    public static IReadOnlyList<BlockSum> Of(Kernel kernel) => kernel switch
    {
        RowKernel rows => rows.Sums,
        ProductKernel product => product.Sums,
        _ => [],
    };

    public static BlockSum Of(Accumulate accumulate, Kernel kernel) => Of(kernel)[accumulate.Sum];
}
