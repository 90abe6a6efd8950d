using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Writes the call of a template of the runtime.</summary>
internal static class BuildTemplate
{
    public static Kernel Run(KernelWriter kernel, string name, EquatableArray<string> comment)
    {
        Node node = kernel.Group.First;
        TemplateOp op = (TemplateOp)node.Op;
        EquatableArray<int> inputs = node.Inputs.Select(input => Operand(kernel, input)).ToEquatableArray();
        EquatableArray<int> results = op.Others(node).Select((_, index) => Result(kernel, index)).Prepend(kernel.OperandOf(node, Dim.Zero, isWritten: true)).ToEquatableArray();
        return new TemplateKernel(
            name, comment, kernel.Operands, op.Template, op.TakesFrame, op.Sizes(node).ToEquatableArray(), op.Numbers(node).ToEquatableArray(), inputs, results);
    }

    private static int Result(KernelWriter kernel, int index) =>
        kernel.Group.Members.FirstOrDefault(member => member.Is<TemplateResult>() && member.Attributes.Get<int>("index") == index) is { } result
            ? kernel.OperandOf(result, Dim.Zero, isWritten: true)
            : -1;

    private static int Operand(KernelWriter kernel, Node value)
    {
        ValueAddress address = ValueAddress.Of(value);
        return kernel.OperandOf(address.Root, address.Offset, isWritten: false);
    }
}
