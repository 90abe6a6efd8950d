using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>A formula over single numbers: the language in which elementwise ops state their forward and backward.</summary>
internal abstract record Scalar
{
    public static implicit operator Scalar(double value) => new ScalarConstant(value);

    public static Scalar operator +(Scalar a, Scalar b) => Scalars.Call<Add>(a, b);

    public static Scalar operator -(Scalar a, Scalar b) => Scalars.Call<Sub>(a, b);

    public static Scalar operator *(Scalar a, Scalar b) => Scalars.Call<Mul>(a, b);

    public static Scalar operator /(Scalar a, Scalar b) => Scalars.Call<Div>(a, b);

    public static Scalar operator -(Scalar a) => Scalars.Call<Neg>(a);
}

internal sealed record ScalarConstant(double Value) : Scalar;

/// <summary>The <paramref name="Index"/>-th input of the op.</summary>
internal sealed record ScalarInput(int Index) : Scalar;

/// <summary>An elementwise op applied to formulas.</summary>
internal sealed record ScalarCall(ElementwiseOp Op, EquatableArray<Scalar> Arguments) : Scalar;

/// <summary>The functions of the formula language.</summary>
internal static class Scalars
{
    public static Scalar Exp(Scalar x) => Call<Exp>(x);

    public static Scalar Expm1(Scalar x) => Call<Expm1>(x);

    public static Scalar Log(Scalar x) => Call<Log>(x);

    public static Scalar Log1p(Scalar x) => Call<Log1p>(x);

    public static Scalar Sin(Scalar x) => Call<Sin>(x);

    public static Scalar Cos(Scalar x) => Call<Cos>(x);

    public static Scalar Sqrt(Scalar x) => Call<Sqrt>(x);

    public static Scalar Tanh(Scalar x) => Call<Tanh>(x);

    public static Scalar NormalCdf(Scalar x) => Call<NormalCdf>(x);

    public static Scalar Erf(Scalar x) => Call<Erf>(x);

    public static Scalar Sigmoid(Scalar x) => Call<Sigmoid>(x);

    public static Scalar Max(Scalar a, Scalar b) => Call<Maximum>(a, b);

    public static Scalar Min(Scalar a, Scalar b) => Call<Minimum>(a, b);

    public static Scalar Abs(Scalar x) => Call<Abs>(x);

    public static Scalar Floor(Scalar x) => Call<Floor>(x);

    public static Scalar Greater(Scalar a, Scalar b) => Call<Greater>(a, b);

    public static Scalar Equal(Scalar a, Scalar b) => Call<Equal>(a, b);

    public static Scalar Where(Scalar condition, Scalar whenTrue, Scalar whenFalse) => Call<Where>(condition, whenTrue, whenFalse);

    public static Scalar Call<TOp>(params Scalar[] arguments)
        where TOp : ElementwiseOp, new() => new ScalarCall(Catalog<TOp>.Op, arguments.ToEquatableArray());

    /// <summary>Whether a formula has a costly op in it.</summary>
    public static bool IsCostly(Scalar formula) => formula is ScalarCall call && (call.Op.IsCostly || call.Arguments.Any(IsCostly));

    /// <summary>Writes a formula with other formulas in the place of its inputs.</summary>
    public static Scalar Substitute(this Scalar formula, IReadOnlyList<Scalar> inputs) => formula switch
    {
        ScalarInput input => inputs[input.Index],
        ScalarCall call => new ScalarCall(call.Op, call.Arguments.Select(argument => argument.Substitute(inputs)).ToEquatableArray()),
        _ => formula,
    };
}

/// <summary>The one instance of an op.</summary>
internal static class Catalog<TOp>
    where TOp : Op, new()
{
    public static TOp Op { get; } = new();
}
