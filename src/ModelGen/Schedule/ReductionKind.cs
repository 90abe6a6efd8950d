using System;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>How the kernels of a reduction combine two numbers.</summary>
internal static class ReductionKind
{
    public static Reduction Of(Op op) => op switch
    {
        ReduceSum => Reduction.Sum,
        ReduceMax => Reduction.Max,
        ReduceProduct => Reduction.Product,
        _ => throw new InvalidOperationException($"{op.Name} is no reduction."),
    };
}
