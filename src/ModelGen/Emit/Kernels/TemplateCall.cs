using System.Linq;
using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

/// <summary>Prints the method that calls a template of the runtime, which has no text of its own.</summary>
internal static class TemplateCall
{
    /// <param name="method">The name of the method.</param>
    public static void Print(TemplateKernel kernel, string method, Target target, CodeWriter writer)
    {
        KernelScope scope = new(kernel, target);
        foreach (string line in kernel.Comment)
        {
            writer.Comment(line);
        }

        writer.List($"internal static void {method}", [$"{target.Frame} frame", .. scope.Arguments.Select(argument => argument.ToString())], string.Empty);
        using (writer.Block())
        {
            string[] arguments =
            [
                .. kernel.Sizes.Select(scope.Size),
                .. kernel.Numbers.Select(number => Dialect.Numbers.Constant(number).Text),
                .. kernel.Inputs.Concat(kernel.Results).Select(operand => operand < 0 ? "default" : scope.Argument(operand)),
            ];
            string name = kernel.Template;
            string call = target == Target.Cpu ? RuntimeNames.Cpu + name : "frame." + name.Substring(name.LastIndexOf('.') + 1);
            writer.List(call, [.. arguments, .. target == Target.Cpu ? [kernel.TakesFrame ? "frame" : "frame.Threads"] : System.Array.Empty<string>()], ";");
        }
    }
}
