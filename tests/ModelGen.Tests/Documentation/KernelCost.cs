using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Tests.Documentation;

/// <summary>What a kernel moves and calculates, counted on paper.</summary>
/// <param name="Bytes">Of every element that the kernel reads or writes, once; what it has written and reads again is not counted twice.</param>
/// <param name="Operations">Arithmetic on numbers: functions by their weight, a product with two for each term.</param>
internal sealed record KernelCost(long Bytes, long Operations)
{
    private const int BytesPerElement = 4;

    /// <summary>Ten rounds of Philox2x32 and a conversion.</summary>
    private const int DrawWeight = 53;

    /// <summary>The cost where each open dimension has a size.</summary>
    public static KernelCost Of(Kernel kernel, Func<string, long> size) => kernel switch
    {
        ElementKernel elements => Of([new Nest([], elements.Count, elements.Body)], [], size),
        RowKernel rows => Of([.. rows.Stages.Select(stage => new Nest(rows.Outer, stage.IsLoop ? rows.Inner : Dim.One, stage.Body))], rows.Sums, size),
        ProductKernel product => OfTerms(product, size) + Of([new Nest(product.Rows, product.N, product.Epilogue)], product.Sums, size),
        _ => throw new ArgumentException($"{kernel.GetType().Name} is not known.", nameof(kernel)),
    };

    public static KernelCost operator +(KernelCost a, KernelCost b) => new(a.Bytes + b.Bytes, a.Operations + b.Operations);

    private static KernelCost OfTerms(ProductKernel product, Func<string, long> size)
    {
        long batch = product.Batch.Evaluate(size), m = product.M.Evaluate(size), n = product.N.Evaluate(size), k = product.K.Evaluate(size);
        return new(BytesPerElement * batch * k * (m + n), 2 * batch * m * n * k);
    }

    private static KernelCost Of(IReadOnlyList<Nest> nests, IEnumerable<BlockSum> sums, Func<string, long> size)
    {
        HashSet<int> written = [.. nests.SelectMany(nest => nest.Body.OfType<Store>()).Select(store => store.To.Operand)];
        long elements = nests.SelectMany(nest => nest.Accesses(written)).DistinctBy(touched => touched.Access).Sum(touched => touched.Elements(size));
        long reduced = sums.Sum(sum => sum.Columns.Evaluate(size));
        return new(BytesPerElement * (elements + reduced), nests.Sum(nest => nest.Operations(size)));
    }

    /// <summary>A body, and the axes that it runs over.</summary>
    private sealed record Nest(IReadOnlyList<Dim> Outer, Dim Inner, IReadOnlyList<Instruction> Body)
    {
        public IEnumerable<(Access Access, Func<Func<string, long>, long> Elements)> Accesses(HashSet<int> written) => Body
            .SelectMany(instruction => InstructionRewriter.Loads(instruction).Select(load => load.From).Where(load => !written.Contains(load.Operand)).Concat(instruction is Store store ? [store.To] : []))
            .Select(access => (access, (Func<Func<string, long>, long>)(size => Elements(access, size))));

        public long Operations(Func<string, long> size) => Outer.Append(Inner).Aggregate(1L, (count, axis) => count * axis.Evaluate(size)) * Body.Sum(Weight);

        /// <summary>An axis with stride zero is a broadcast, which touches one element for all of its indexes.</summary>
        private long Elements(Access access, Func<string, long> size) => Outer.Zip(access.OuterStrides).Append((Inner, access.InnerStride))
            .Aggregate(1L, (count, axis) => axis.Item2 == Dim.Zero ? count : count * axis.Item1.Evaluate(size));

        private static long Weight(Instruction instruction) => instruction switch
        {
            Let let => Weight(let.Value),
            Store store => Weight(store.Value),
            Reduce reduce => 1 + Weight(reduce.Value),
            Accumulate accumulate => 1 + Weight(accumulate.Value),
            _ => 0,
        };

        private static long Weight(Value value) => value switch
        {
            CallValue call => Intrinsics.Of(call.Op).Weight + call.Arguments.Sum(Weight),
            UniformValue => DrawWeight,
            _ => 0,
        };
    }
}
