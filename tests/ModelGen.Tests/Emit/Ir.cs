using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen.Tests.Emit;

/// <summary>Short words for the parts of a kernel.</summary>
internal static class Ir
{
    public static Operand In(string name) => new(name, TensorType.Float, false);

    public static Operand Out(string name) => new(name, TensorType.Float, true);

    public static Operand Ints(string name) => new(name, TensorType.Int, false);

    /// <summary>An element's address: the offset is 0.</summary>
    public static Access At(int operand, Dim inner, params Dim[] outer) => new(operand, Dim.Zero, [.. outer], inner);

    public static Value Load(int operand, Dim inner, params Dim[] outer) => new LoadValue(At(operand, inner, outer));

    public static Value Local(string name) => new LocalValue(name);

    public static Value Number(double value) => new ConstantValue(value);

    public static Value Call<TOp>(params Value[] arguments)
        where TOp : ElementwiseOp, new() => new CallValue(Catalog<TOp>.Op, [.. arguments]);

    public static Dim Open(string name) => Dim.Named(name);

    public static ElementKernel Elements(string name, Dim count, Operand[] operands, params Instruction[] body) =>
        new(name, [], [.. operands], [], 0, count, [.. body]);

    public static RowKernel Rows(string name, Dim[] outer, Dim inner, Operand[] operands, params Stage[] stages) =>
        new(name, [], [.. operands], [], 0, [.. outer], inner, [.. stages], []);

    public static Stage Loop(params Instruction[] body) => new(true, [.. body]);

    public static Stage Row(params Instruction[] body) => new(false, [.. body]);

    public static Store Store(int operand, Dim inner, Dim[] outer, Value value) => new(At(operand, inner, outer), value);

    public static ModelPlan Plan(params Kernel[] kernels) =>
        new(new("X.System", "Net", "public sealed partial class", [], "public", 0), [], [], [.. kernels.Select(ChooseTeam.Run)]);
}
