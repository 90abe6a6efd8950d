using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>
/// Joins axes that lie one behind the other in all memory that a kernel touches: fewer axes make cheaper addresses, and a kernel whose
/// elements lie in one piece everywhere needs no rows at all.
/// </summary>
/// <example><code>
/// rows [batch, time], element 64·time·b + 64·t + j    →    rows [batch*time], element 64·r + j
/// </code></example>
internal static class Flatten
{
    public static Kernel Run(RowKernel kernel)
    {
        RowKernel joined = kernel;
        for (int axis = kernel.Outer.Count - 2; axis >= 0; axis--)
        {
            joined = TryJoin(joined, axis) ?? joined;
        }

        return TryElements(joined) ?? (Kernel)joined;
    }

    private static RowKernel? TryJoin(RowKernel kernel, int axis)
    {
        Dim length = kernel.Outer[axis + 1];
        List<Access> accesses = [.. kernel.Stages.SelectMany(stage => stage.Body).SelectMany(InstructionRewriter.Accesses)];
        if (accesses.Any(access => access.OuterStrides[axis] != access.OuterStrides[axis + 1] * length))
        {
            return null;
        }

        EquatableArray<Dim> outer = kernel.Outer.Where((_, index) => index != axis).Select((dim, index) => index == axis ? kernel.Outer[axis] * length : dim).ToEquatableArray();
        InstructionRewriter rewriter = new(access => access with { OuterStrides = access.OuterStrides.Where((_, index) => index != axis).ToEquatableArray() });
        return kernel with { Outer = outer, Stages = kernel.Stages.Select(rewriter.Rewrite).ToEquatableArray() };
    }

    private static ElementKernel? TryElements(RowKernel kernel)
    {
        bool single = kernel.Sums.Count == 0 && kernel.Outer.Count <= 1 && kernel.Stages.All(stage => stage.IsLoop || stage.Body.All(instruction => instruction is Let { Value: LoadValue }));
        List<Instruction> body = [.. kernel.Stages.SelectMany(stage => stage.Body)];
        if (!single || body.OfType<Reduce>().Any() || body.Any(InstructionRewriter.UsesIndex))
        {
            return null;
        }

        IEnumerable<Access> accesses = body.SelectMany(InstructionRewriter.Accesses);
        if (!accesses.All(access => IsConstant(access) || (access.InnerStride == Dim.One && access.OuterStrides.All(stride => stride == kernel.Inner))))
        {
            return null;
        }

        InstructionRewriter rewriter = new(access => access with { OuterStrides = [] });
        return new ElementKernel(
            kernel.Name, kernel.Comment, kernel.Operands, kernel.Streams, kernel.LoopIndexes, Dim.Product(kernel.Outer) * kernel.Inner, body.Select(rewriter.Rewrite).ToEquatableArray());
    }

    private static bool IsConstant(Access access) => access.InnerStride == Dim.Zero && access.OuterStrides.All(stride => stride == Dim.Zero);
}
