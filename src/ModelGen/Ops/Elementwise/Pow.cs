using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = xᵉ</c>, broadcast. Numbers that are common as exponents become products and roots.</summary>
internal sealed class Pow : ElementwiseWord
{
    public override ImmutableArray<string> InputNames { get; } = ["x", "exponent"];

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Shape shape = context.Node.Shape;
        Node x = Broadcasting.To(builder, context.Inputs[0], shape);
        Node exponent = Broadcasting.To(builder, context.Inputs[1], shape);
        return exponent.Op is Constant && Product(builder, x, exponent.Attributes.Get<double>("value")) is Node product
            ? product
            : builder.Elementwise<Power>(x, exponent);
    }

    private static Node? Product(GraphBuilder builder, Node x, double exponent) => exponent switch
    {
        0 => builder.Fill(1, x.Shape),
        1 => x,
        2 => builder.Elementwise<Square>(x),
        3 => builder.Mul(Squared(builder, x), x),
        -1 => builder.Div(builder.Constant(1), x),
        -2 => builder.Div(builder.Constant(1), Squared(builder, x)),
        0.5 => builder.Elementwise<Sqrt>(x),
        -0.5 => builder.Elementwise<Rsqrt>(x),
        _ => null,
    };

    private static Node Squared(GraphBuilder builder, Node x) => builder.Part("Square", part => part.Elementwise<Square>(x));
}

/// <summary><c>y = aᵇ</c>, with the special values of IEEE 754.</summary>
/// <remarks><c>da = dy · b · aᵇ⁻¹</c>, 0 where b is 0; <c>db = dy · y · ln a</c>, 0 where a is 0 and b is not negative.</remarks>
internal sealed class Power : BinaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar a, Scalar b) => Self(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy)
    {
        Scalar da = dy * (b * Self(a, b - 1));
        Scalar db = dy * (y * Scalars.Log(a));
        Scalar dbAtZero = Scalars.Where(Scalars.Greater(0, b), db, 0);
        return (Scalars.Where(Scalars.Equal(b, 0), 0, da), Scalars.Where(Scalars.Equal(a, 0), dbAtZero, db));
    }
}
