using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>The zeros that a state begins with where the caller has none: <c>dims</c>.</summary>
internal sealed class FirstState : CompositeOp
{
    public override Shape InferShape(ShapeContext context) => Shape.Of(context.Attributes.Dims("dims"));

    public override Node Lower(LowerContext context) => context.Builder.Fill(0, context.Node.Shape);
}

/// <summary>What a state is assigned: the value itself, which must have the dimensions <c>dims</c> of the state.</summary>
internal sealed class AssignedState : CompositeOp
{
    public override Shape InferShape(ShapeContext context)
    {
        Shape declared = Shape.Of(context.Attributes.Dims("dims"));
        string value = context.Node.Inputs[0].Origin.Text;
        string given = value.Length == 0 ? "what it is assigned" : $"'{value}'";
        return context.Input() == declared
            ? declared
            : context.Mismatch($"{given} is {context.Input()}, but the state '{context.Node.Origin.Name}' is declared [State] {declared}: change the declaration or what is assigned", declared);
    }

    public override Node Lower(LowerContext context) => context.Input;
}
