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
        int result = kernel.OperandOf(node, Dim.Zero, isWritten: true);
        return new TemplateKernel(name, comment, kernel.Operands, op.Template, op.Sizes(node).ToEquatableArray(), inputs, result);
    }

    private static int Operand(KernelWriter kernel, Node value)
    {
        ValueAddress address = ValueAddress.Of(value);
        return kernel.OperandOf(address.Root, address.Offset, isWritten: false);
    }
}
