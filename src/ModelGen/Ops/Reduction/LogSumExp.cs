using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = m + ln Σ exp(x − m)</c>, where <c>m = max x</c>, or 0 where that is infinite: −∞ − −∞ would be no number.</summary>
/// <remarks><c>dx = dy · exp(x − m) / Σ exp(x − m)</c>, the softmax: m only shifts.</remarks>
internal sealed class LogSumExp : ReductionWord
{
    protected override Node Lower(LowerContext context, ImmutableArray<int> axes)
    {
        GraphBuilder builder = context.Builder;
        Node x = context.Input;
        Node largest = builder.Part("Largest", part => part.Max(x, axes));
        Node shift = builder.Part("Shift", part => part.Stop(Finite(part, largest)));
        Node shifted = builder.Part("Shifted", part => part.Sub(x, part.Along(shift, x.Shape, axes)));
        Node total = builder.Part("Total", part => part.Sum(part.Elementwise<Exp>(shifted), axes));
        return builder.Add(builder.Part("LogTotal", part => part.Elementwise<Log>(total)), shift);
    }

    /// <summary>The value, or 0 where it is infinite or NaN.</summary>
    private static Node Finite(GraphBuilder builder, Node x) =>
        builder.Elementwise<Where>(builder.Elementwise<Less>(builder.Elementwise<Abs>(x), builder.Constant(double.PositiveInfinity)), x, builder.Constant(0));
}
