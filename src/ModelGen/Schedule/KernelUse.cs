using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Which operands a kernel's instructions read and write; what they read of their own is not counted, and partial sums are written, and read when all rows are done.</summary>
internal sealed record KernelUse(IReadOnlyCollection<int> Read, IReadOnlyCollection<int> Written, IReadOnlyCollection<int> Partials)
{
    public static KernelUse Of(Kernel kernel)
    {
        if (kernel is TemplateKernel template)
        {
            return new KernelUse([.. template.Inputs], [.. template.Results.Where(operand => operand >= 0)], []);
        }

        (IEnumerable<Instruction> instructions, EquatableArray<BlockSum> sums, int[] factors) = kernel switch
        {
            ElementKernel elements => (elements.Body, [], []),
            RowKernel rows => (rows.Stages.SelectMany(stage => stage.Body), rows.Sums, []),
            ProductKernel product => ([.. product.Prologue is null ? [] : product.Prologue.Body, .. product.Epilogue], product.Sums, new[] { product.A, product.B }),
            _ => (Enumerable.Empty<Instruction>(), new EquatableArray<BlockSum>([]), System.Array.Empty<int>()),
        };
        HashSet<int> read = [.. factors];
        HashSet<int> written = [.. sums.Select(sum => sum.Destination), .. sums.Select(sum => sum.Partials)];
        HashSet<int> stored = [];
        foreach (Instruction instruction in instructions)
        {
            read.UnionWith(InstructionRewriter.Loads(instruction).Select(load => load.From.Operand).Where(operand => !stored.Contains(operand)));
            if (instruction is Store store)
            {
                stored.Add(store.To.Operand);
                written.Add(store.To.Operand);
            }
        }

        return new KernelUse(read, written, [.. sums.Select(sum => sum.Partials)]);
    }
}
