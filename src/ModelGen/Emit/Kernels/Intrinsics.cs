using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Ops;

namespace ModelGen.Emit.Kernels;

/// <summary>An op that the printers know: on vectors <c>V</c>, and on single numbers on a processor and on a device.</summary>
/// <param name="Weight">About how many plain operations it consists of.</param>
internal sealed record Intrinsic(Form Vector, Form Scalar, int Weight = 1)
{
    public Intrinsic(Form both)
        : this(both, both)
    {
    }

    /// <summary>Gets the form on single numbers in a kernel for a device.</summary>
    public Form Device { get; init; } = Scalar;
}

/// <summary>Every intrinsic op of the catalog: a line each. All others arrive as formulas of these.</summary>
internal static class Intrinsics
{
    private const string SimdMath = RuntimeNames.Cpu + "SimdMath.";
    private const string Simd1 = RuntimeNames.Cpu + "Simd1";

    /// <summary>Gets <c>a · b + c</c> on vectors.</summary>
    public static Form MultiplyAdd { get; } = new("V.MultiplyAdd({0}, {1}, {2})");

    /// <summary>Gets the same on a device.</summary>
    public static Form DeviceMultiplyAdd { get; } = Device("MultiplyAdd({0}, {1}, {2})");

    /// <summary>Gets the choice between two numbers: its first operand is a mask.</summary>
    public static Form Choice { get; } = new("{0} ? {1} : {2}", Binding.Conditional, false, Binding.Relation, Binding.Relation, Binding.Relation);

    private static readonly Dictionary<Type, Intrinsic> Table = new()
    {
        [typeof(Add)] = new(Form.Infix("+", Binding.Sum)),
        [typeof(Sub)] = new(Form.Infix("-", Binding.Sum)),
        [typeof(Mul)] = new(Form.Infix("*", Binding.Product)) { Device = Device("Product({0}, {1})") },
        [typeof(Div)] = new(Form.Infix("/", Binding.Product)),
        [typeof(Neg)] = new(new Form("-{0}", Binding.Sign, false, Binding.Atom)),
        [typeof(Sqrt)] = new(new("V.Sqrt({0})"), Float("Sqrt({0})")) { Device = Device("Sqrt({0})") },
        [typeof(Exp)] = Function("Exp", 16, Float("Exp({0})")),
        [typeof(Expm1)] = Function("Expm1", 24, OneLane("Expm1")),
        [typeof(Log)] = Function("Log", 35, Float("Log({0})")),
        [typeof(Log1p)] = Function("Log1p", 46, OneLane("Log1p")),
        [typeof(Sin)] = Function("Sin", 50, OneLane("Sin")),
        [typeof(Cos)] = Function("Cos", 50, OneLane("Cos")),
        [typeof(Power)] = Function("Pow", 100, OneLane("Pow", operands: 2), "{0}, {1}"),
        [typeof(Tanh)] = Function("Tanh", 28, Float("Tanh({0})")),
        [typeof(Sigmoid)] = Function("Sigmoid", 22, OneLane("Sigmoid")),
        [typeof(NormalCdf)] = Function("NormalCdf", 26, OneLane("NormalCdf")),
        [typeof(Erf)] = Function("Erf", 60, OneLane("Erf")),
        [typeof(Maximum)] = new(new("V.Max({0}, {1})"), Float("Max({0}, {1})")) { Device = Device("Max({0}, {1})") },
        [typeof(Minimum)] = new(new("V.Min({0}, {1})"), Float("Min({0}, {1})")) { Device = Device("Min({0}, {1})") },
        [typeof(Abs)] = new(new("V.Abs({0})"), Float("Abs({0})")) { Device = Device("Abs({0})") },
        [typeof(Floor)] = new(new("V.Floor({0})"), Float("Floor({0})")) { Device = Device("Floor({0})") },
        [typeof(Round)] = new(new("V.Round({0})"), Float("Round({0})")) { Device = Device("Round({0})") },
        [typeof(Greater)] = new(Mask("V.Greater({0}, {1})"), Form.Relation(">")) { Device = Device("Greater({0}, {1})", isMask: true) },
        [typeof(GreaterEqual)] = new(Mask("V.GreaterEqual({0}, {1})"), Form.Relation(">=")) { Device = Device("GreaterEqual({0}, {1})", isMask: true) },
        [typeof(Less)] = new(Mask("V.Greater({1}, {0})"), Form.Relation("<")) { Device = Device("Less({0}, {1})", isMask: true) },
        [typeof(LessEqual)] = new(Mask("V.GreaterEqual({1}, {0})"), Form.Relation("<=")) { Device = Device("LessEqual({0}, {1})", isMask: true) },
        [typeof(Equal)] = new(Mask("V.Equal({0}, {1})"), Form.Relation("==")),
        [typeof(NotEqual)] = new(Mask("V.Not(V.Equal({0}, {1}))"), Form.Relation("!=")),
        [typeof(Where)] = new(new("V.Select({0}, {1}, {2})"), Choice),
    };

    public static bool Contains(ElementwiseOp op) => Table.ContainsKey(op.GetType());

    public static Intrinsic Of(ElementwiseOp op) =>
        Table.TryGetValue(op.GetType(), out Intrinsic known) ? known : throw new InvalidOperationException($"{op.Name} is no intrinsic: print its formula.");

    /// <summary>The vector form of an intrinsic; an elementary function may be inlined or called.</summary>
    public static Form VectorForm(ElementwiseOp op, bool isCalled)
    {
        Form form = Of(op).Vector;
        return isCalled ? form with { Pattern = form.Pattern.Replace(SimdMath, RuntimeNames.Cpu + "SimdCalls.") } : form;
    }

    private static Intrinsic Function(string name, int weight, Form scalar, string operands = "{0}") =>
        new(new Form($"{SimdMath}{name}({operands})"), scalar, weight) { Device = Device($"{name}({operands})") };

    private static Form Mask(string call) => new(call, Binding.Atom, true);

    private static Form Device(string call, bool isMask = false) => new(RuntimeNames.GpuMath + "." + call, Binding.Atom, isMask);

    private static Form Float(string call) => new(RuntimeNames.MathF + "." + call);

    /// <summary>What the platform's MathF lacks: our own function on a vector of one lane.</summary>
    private static Form OneLane(string function, int operands = 1) =>
        new($"{Simd1}.Sum({SimdMath}{function}({string.Join(", ", Enumerable.Range(0, operands).Select(operand => $"{Simd1}.Broadcast({{{operand}}})"))}))");
}
