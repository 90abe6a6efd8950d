using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Ops;
using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

/// <summary>How expressions are written: on vectors, or on single numbers. What is not a constant or a call is left to the caller.</summary>
internal abstract class Dialect
{
    public static Dialect Vectors { get; } = new VectorDialect(isCalled: false);

    /// <summary>Gets the dialect in which elementary functions are calls.</summary>
    public static Dialect VectorsWithCalls { get; } = new VectorDialect(isCalled: true);

    public static Dialect Numbers { get; } = new NumberDialect(isDevice: false);

    /// <summary>Gets the dialect of kernels for devices.</summary>
    public static Dialect DeviceNumbers { get; } = new NumberDialect(isDevice: true);

    /// <summary>Gets the type of a local that holds numbers.</summary>
    public abstract string NumberType { get; }

    /// <summary>Gets the type of a local that holds a mask.</summary>
    public abstract string MaskType { get; }

    /// <summary>The value as C#: numbers, or for a comparison a mask.</summary>
    public Fragment Print(Value value, Func<Value, Fragment> leaf) => value switch
    {
        ConstantValue constant => Constant(constant.Number),
        CallValue call => TryFuse(call, leaf) ?? Call(call, leaf),
        _ => leaf(value),
    };

    /// <summary>The value as C# that holds numbers: a comparison is 1 where it holds and 0 elsewhere.</summary>
    public Fragment Number(Value value, Func<Value, Fragment> leaf)
    {
        Fragment printed = Print(value, leaf);
        return printed.IsMask ? Choice.Apply([printed, Constant(1), Constant(0)]) : printed;
    }

    public abstract Fragment Constant(double number);

    protected abstract Form Choice { get; }

    /// <summary>Gets the test whether a number is not 0.</summary>
    protected abstract Form IsTrue { get; }

    protected abstract Form FormOf(ElementwiseOp op);

    /// <summary>Gets how <c>a · b + c</c> is written, where it is not two operations.</summary>
    protected virtual Form? MultiplyAdd => null;

    /// <summary><c>sum + a * b</c> → <c>MultiplyAdd(a, b, sum)</c> for a value that is a product; null for others.</summary>
    public Fragment? TryAdd(string sum, Value value, Func<Value, Fragment> leaf) =>
        MultiplyAdd is not null && value is CallValue { Op: Mul } product ? Fused(product, () => new Fragment(sum), leaf) : null;

    /// <summary>A constant of C# for the nearest float.</summary>
    protected static Fragment Literal(double number)
    {
        float value = (float)number;
        return float.IsNaN(value) ? new("float.NaN")
            : float.IsInfinity(value) ? new(value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity")
            : new(value.ToString("R", CultureInfo.InvariantCulture) + "f", value < 0 || (value == 0 && 1 / value < 0) ? Binding.Sign : Binding.Atom);
    }

    /// <summary><c>a * b + c</c> → <c>MultiplyAdd(a, b, c)</c></summary>
    private Fragment? TryFuse(CallValue call, Func<Value, Fragment> leaf)
    {
        if (MultiplyAdd is null || call.Op is not Add || call.Arguments.All(argument => argument is not CallValue { Op: Mul }))
        {
            return null;
        }

        int product = call.Arguments[0] is CallValue { Op: Mul } ? 0 : 1;
        return Fused((CallValue)call.Arguments[product], () => Number(call.Arguments[1 - product], leaf), leaf);
    }

    private Fragment Fused(CallValue product, Func<Fragment> sum, Func<Value, Fragment> leaf) =>
        MultiplyAdd!.Apply([Number(product.Arguments[0], leaf), Number(product.Arguments[1], leaf), sum()]);

    private Fragment Call(CallValue call, Func<Value, Fragment> leaf)
    {
        List<Fragment> arguments = [.. call.Arguments.Select((argument, index) =>
            call.Op is Where && index == 0 ? Mask(argument, leaf) : Number(argument, leaf))];
        return FormOf(call.Op).Apply(arguments);
    }

    private Fragment Mask(Value value, Func<Value, Fragment> leaf)
    {
        Fragment printed = Print(value, leaf);
        return printed.IsMask ? printed : IsTrue.Apply([printed]);
    }

    private sealed class VectorDialect(bool isCalled) : Dialect
    {
        public override string NumberType => "V";

        public override string MaskType => "V";

        protected override Form Choice => FormOf(Catalog<Where>.Op);

        protected override Form IsTrue { get; } = new("V.Not(V.Equal({0}, V.Zero))", Binding.Atom, true);

        public override Fragment Constant(double number) =>
            number == 0 && 1 / number > 0 ? new("V.Zero") : new($"V.Broadcast({Literal(number).Text})");

        protected override Form FormOf(ElementwiseOp op) => Intrinsics.VectorForm(op, isCalled);

        protected override Form? MultiplyAdd => Intrinsics.MultiplyAdd;
    }

    private sealed class NumberDialect(bool isDevice) : Dialect
    {
        public override string NumberType => "float";

        public override string MaskType => "bool";

        protected override Form Choice => Intrinsics.Choice;

        protected override Form IsTrue { get; } = new("{0} != 0f", Binding.Relation, true, Binding.Sum);

        public override Fragment Constant(double number) => Literal(number);

        protected override Form? MultiplyAdd => isDevice ? Intrinsics.DeviceMultiplyAdd : null;

        protected override Form FormOf(ElementwiseOp op) => isDevice ? Intrinsics.Of(op).Device : Intrinsics.Of(op).Scalar;
    }
}
