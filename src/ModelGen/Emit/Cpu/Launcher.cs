using System;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>Prints the method that starts a kernel and then finishes its sums over rows.</summary>
internal static class Launcher
{
    public static void Print(Kernel kernel, KernelScope scope, string method, string type, CodeWriter writer)
    {
        writer.List($"internal static void {method}", [$"{RuntimeNames.Frame} frame", .. scope.Arguments.Select(argument => argument.ToString())], string.Empty);
        using (writer.Block())
        {
            foreach (BlockSum sum in KernelSums.Of(kernel).Where(_ => kernel is ProductKernel))
            {
                writer.Line($"{scope.Argument(sum.Partials)}.Span({Blocks(kernel, scope)} * {Factor(sum.Columns, scope)}).{ReductionForm.Of(sum.Kind).Clear};");
            }

            writer.List($"{type} kernel = new", [.. scope.Fields.Select(scope.Initial)], ";");
            writer.List(Start(kernel), [.. Arguments(kernel, scope), "in kernel", .. Space(kernel, scope), Workers(kernel)], ";");
            foreach (BlockSum sum in KernelSums.Of(kernel))
            {
                writer.List(
                    $"{RuntimeNames.Launch}.{ReductionForm.Of(sum.Kind).OfBlocks}",
                    [scope.Argument(sum.Partials), Blocks(kernel, scope), scope.Size(sum.Columns), scope.Argument(sum.Destination)],
                    ";");
            }
        }
    }

    private static string Start(Kernel kernel) => kernel switch
    {
        ElementKernel => RuntimeNames.Launch + ".Elements",
        RowKernel => RuntimeNames.Launch + ".Rows",
        ProductKernel { Parts: > 1 } => RuntimeNames.Gemm + ".RunParts",
        ProductKernel { Prologue: not null } => RuntimeNames.Gemm + ".RunWithPrologue",
        ProductKernel product => RuntimeNames.Gemm + (product.Batch == Dim.One ? ".Run" : ".RunBatch"),
        _ => throw new InvalidOperationException(kernel.GetType().Name),
    };

    /// <summary>What stands before the kernel's text: a product's sizes and factors; the factors of a batch lie one after another.</summary>
    private static string[] Arguments(Kernel kernel, KernelScope scope)
    {
        if (kernel is not ProductKernel product)
        {
            return [];
        }

        string[] sizes = [scope.Size(product.M), scope.Size(product.N), scope.Size(product.K)];
        (string a, string b) = (scope.Argument(product.A), scope.Argument(product.B));
        return product.Batch == Dim.One
            ? [.. sizes, a, Word(product.TransposeA), b, Word(product.TransposeB)]
            : [scope.Size(product.Batch), .. sizes, a, scope.WideSize(product.M * product.K), Word(product.TransposeA), b, scope.WideSize(product.K * product.N), Word(product.TransposeB)];
    }

    /// <summary>What stands behind the kernel's text: the space that it runs over.</summary>
    private static string[] Space(Kernel kernel, KernelScope scope) => kernel switch
    {
        ElementKernel elements => [scope.WideSize(elements.Count)],
        RowKernel rows => [scope.Size(Dim.Product(rows.Outer)), scope.Size(rows.Inner)],
        _ => [],
    };

    /// <summary>Who works on it. A product looks to the frame for weights that are packed already, too.</summary>
    private static string Workers(Kernel kernel) => kernel is ProductKernel product && product.Batch == Dim.One ? "frame" : "frame.Threads";

    private static string Blocks(Kernel kernel, KernelScope scope) => kernel switch
    {
        RowKernel rows => $"{RuntimeNames.Launch}.RowBlocks({string.Join(", ", Space(rows, scope))})",
        ProductKernel product when product.Batch == Dim.One => $"{RuntimeNames.Gemm}.RowBlocks({scope.Size(product.M)}, {scope.Size(product.N)})",
        ProductKernel product => $"{RuntimeNames.Gemm}.BatchBlocks({scope.Size(product.Batch)})",
        _ => throw new InvalidOperationException(kernel.GetType().Name),
    };

    private static string Factor(Dim dim, KernelScope scope) => scope.Size(dim) is string text && text.Contains(" ") ? "(" + text + ")" : scope.Size(dim);

    private static string Word(bool value) => value ? "true" : "false";
}
