using System.Collections.Immutable;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary><c>sₜ, yₜ = step(sₜ₋₁, xₜ)</c> for every element <c>xₜ</c> of <c>sequence</c> along <c>axis</c>, from the first to the last or in <c>reverse</c>; without a sequence
/// <c>count</c> times. The result is <c>y</c> of all steps along <c>axis</c>, or the states where the step gives nothing else, and with it the last states.</summary>
/// <remarks>The build reads the step into a <see cref="Loop"/>, so that a node of this op stands behind it: it lays what the loop kept of all steps along <c>axis</c>.</remarks>
internal sealed class Scan : CompositeOp
{
    /// <summary>The axis of the steps unless the user says another one.</summary>
    public const int DefaultAxis = 1;

    public override ImmutableArray<string> InputNames { get; } = ["first", "sequence"];

    public override Shape InferShape(ShapeContext context)
    {
        Shape steps = context.Input();
        int axis = context.Attributes.Get("axis", DefaultAxis);
        int counted = axis < 0 ? axis + steps.Rank : axis;
        if (counted >= 0 && counted < steps.Rank)
        {
            return Moved(steps, 0, counted);
        }

        if (context.Inputs[0].Input.Inputs.Any(StepsOf.HasWrongAxis))
        {
            return steps;
        }

        Shape each = steps.Without([0]);
        context.Report(
            DiagnosticCatalog.AxisOutOfRange,
            $"Scan lays its steps along axis {axis}, but each of them gives {each}: use an axis from {-steps.Rank} to {steps.Rank - 1}");
        return steps;
    }

    public override Node Lower(LowerContext context)
    {
        int axis = AxisCount.FromStart(context.Attributes.Get("axis", DefaultAxis), context.Input.Shape.Rank);
        return context.Builder.Permute(context.Input, MovedOrder(context.Input.Shape.Rank, 0, axis));
    }

    /// <summary>The shape with one axis at another place; the others keep their order.</summary>
    public static Shape Moved(Shape shape, int from, int to) => Shape.Of(MovedOrder(shape.Rank, from, to).Select(axis => shape[axis]));

    /// <summary>The order of axes after one of them has moved to another place.</summary>
    public static ImmutableArray<int> MovedOrder(int rank, int from, int to) => Enumerable.Range(0, rank).Where(axis => axis != from).ToImmutableArray().Insert(to, from);
}

/// <summary>The sequence of a <see cref="Scan"/> with the axis of its steps first, where a loop takes one element after another.</summary>
internal sealed class StepsOf : CompositeOp
{
    public override string Name => nameof(Scan);

    public override ImmutableArray<string> InputNames { get; } = ["sequence"];

    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        if (!context.TryAxis(context.Attributes.Get<int>("axis"), x.Rank, out int axis))
        {
            return x.Rank == 0 ? Shape.Of(Dim.One) : Scan.Moved(x, x.Rank - 1, 0);
        }

        return x[axis] == Dim.Zero
            ? context.Mismatch($"Scan needs at least one step, but {context.Describe(0)}, which has no element along axis {axis}: give it a sequence with elements", Scan.Moved(x, axis, 0))
            : Scan.Moved(x, axis, 0);
    }

    /// <summary>Whether a value is a sequence without the axis that its Scan goes along, which is reported there.</summary>
    public static bool HasWrongAxis(Node value)
    {
        int axis = value.Is<StepsOf>() ? value.Attributes.Get<int>("axis") : 0;
        return value.Is<StepsOf>() && (axis < -value.Input.Shape.Rank || axis >= value.Input.Shape.Rank);
    }

    public override Node Lower(LowerContext context)
    {
        int rank = context.Input.Shape.Rank;
        return context.Builder.Permute(context.Input, Scan.MovedOrder(rank, AxisCount.FromStart(context.Attributes.Get<int>("axis"), rank), 0));
    }
}

/// <summary>A state after a step, which has the shape of the one before it: the inputs. <c>state</c> is what the user calls it.</summary>
internal sealed class StateAfter : CompositeOp
{
    public override ImmutableArray<string> InputNames { get; } = ["after", "before"];

    public override Shape InferShape(ShapeContext context)
    {
        if (context.Input(0) != context.Input(1))
        {
            context.Report(
                DiagnosticCatalog.LoopChangesShape,
                $"the state '{context.Attributes.Get<string>("state")}' enters a step of Scan as {context.Input(1)}, but {context.Describe(0)}: let the step keep its shape, or begin with a state of that shape");
        }

        return context.Input(1);
    }

    public override Node Lower(LowerContext context) => context.Input;
}
