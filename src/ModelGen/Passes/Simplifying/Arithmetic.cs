using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Simplifying;

/// <summary>Algebra of elementwise ops.</summary>
internal static class Arithmetic
{
    /// <summary>A simpler node of the same value and shape, or null.</summary>
    public static Node? Simplify(GraphBuilder builder, ElementwiseOp op, Node[] inputs, Shape shape)
    {
        Node? value = op switch
        {
            Add when IsConstant(inputs[1], 0) => inputs[0],
            Add when IsConstant(inputs[0], 0) => inputs[1],
            Add when Joins.Sum(builder, inputs[0], inputs[1]) is { } joined => joined,
            Add when inputs[1].Op is Neg => builder.Sub(inputs[0], inputs[1].Input),
            Sub when IsConstant(inputs[1], 0) => inputs[0],
            Mul when IsConstant(inputs[1], 1) => inputs[0],
            Mul when IsConstant(inputs[0], 1) => inputs[1],
            Mul when IsConstant(inputs[0], -1) => builder.Elementwise<Neg>(inputs[1]),
            Div when IsConstant(inputs[1], 1) => inputs[0],
            Neg when inputs[0].Op is Neg => inputs[0].Input,
            Neg when inputs[0].Op is Constant => builder.Constant(-Number(inputs[0])),
            Where when inputs[1] == inputs[2] => inputs[1],
            Maximum when inputs[0] == inputs[1] => inputs[0],
            Greater or Less when inputs[0] == inputs[1] => builder.Constant(0),
            Equal or GreaterEqual or LessEqual when inputs[0] == inputs[1] => IsNotNaN(builder, inputs[0]),
            NotEqual when inputs[0] == inputs[1] => builder.Elementwise<Equal>(IsNotNaN(builder, inputs[0]), builder.Constant(0)),
            _ => null,
        };
        return value is not null && value.Shape != shape ? builder.Broadcast(value, shape, []) : value;
    }

    /// <summary><c>x = x</c> holds for all but NaN, and so does <c>x² ≥ 0</c>, which compilers do not take for a mistake.</summary>
    private static Node IsNotNaN(GraphBuilder builder, Node x) => builder.Elementwise<GreaterEqual>(builder.Mul(x, x), builder.Constant(0));

    /// <summary>Whether a value is one number everywhere.</summary>
    public static bool IsConstant(Node node, double number) => node.Op switch
    {
        Constant => Number(node) == number,
        Broadcast => IsConstant(node.Input, number),
        _ => false,
    };

    private static double Number(Node node) => node.Attributes.Get<double>("value");
}
