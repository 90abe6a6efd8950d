using System.Collections.Generic;
using System.Linq;
using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

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

    /// <summary>Whether an operand holds the parts of a sum, which a device keeps outside the arena.</summary>
    public static bool ArePartials(int operand, Kernel kernel) => Of(kernel).Any(sum => sum.Partials == operand);
}
