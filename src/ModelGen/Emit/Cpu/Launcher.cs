using System;
using System.Linq;
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
                writer.Line($"{scope.Argument(sum.Partials)}.Span({Blocks(kernel, scope)} * {Factor(sum.Columns, scope)}).{Clear(sum.Kind)};");
            }

            writer.List($"{type} kernel = new", [.. scope.Fields.Select(scope.Initial)], ";");
            writer.List(Start(kernel), [.. Arguments(kernel, scope), "in kernel", .. Space(kernel, scope), "frame.Threads"], ";");
            foreach (BlockSum sum in KernelSums.Of(kernel))
            {
                string finish = sum.Kind == Reduction.Max ? "MaximizeBlocks" : "SumBlocks";
                writer.List(
                    $"{RuntimeNames.Launch}.{finish}",
                    [scope.Argument(sum.Partials), Blocks(kernel, scope), scope.Size(sum.Columns), scope.Argument(sum.Destination)],
                    ";");
            }
        }
    }

    private static string Start(Kernel kernel) => kernel switch
    {
        ElementKernel => RuntimeNames.Launch + ".Elements",
        RowKernel => RuntimeNames.Launch + ".Rows",
        ProductKernel product => RuntimeNames.Gemm + (product.Batch == Dim.One ? ".Run" : ".RunBatch"),
        _ => throw new InvalidOperationException(kernel.GetType().Name),
    };

    /// <summary>What stands before the kernel's text: a product's sizes and factors.</summary>
    private static string[] Arguments(Kernel kernel, KernelScope scope) => kernel is not ProductKernel product ? [] :
    [
        .. product.Batch == Dim.One ? Array.Empty<string>() : [scope.Size(product.Batch)],
        scope.Size(product.M),
        scope.Size(product.N),
        scope.Size(product.K),
        scope.Argument(product.A),
        Word(product.TransposeA),
        scope.Argument(product.B),
        Word(product.TransposeB),
    ];

    /// <summary>What stands behind the kernel's text: the space that it runs over.</summary>
    private static string[] Space(Kernel kernel, KernelScope scope) => kernel switch
    {
        ElementKernel elements => [scope.WideSize(elements.Count)],
        RowKernel rows => [scope.Size(Dim.Product(rows.Outer)), scope.Size(rows.Inner)],
        _ => [],
    };

    private static string Blocks(Kernel kernel, KernelScope scope) => kernel switch
    {
        RowKernel rows => $"{RuntimeNames.Launch}.RowBlocks({string.Join(", ", Space(rows, scope))})",
        ProductKernel product => $"{RuntimeNames.Gemm}.RowBlocks({scope.Size(product.Batch * product.M)}, {scope.Size(product.N)})",
        _ => throw new InvalidOperationException(kernel.GetType().Name),
    };

    private static string Clear(Reduction kind) => kind == Reduction.Max ? "Fill(float.NegativeInfinity)" : "Clear()";

    private static string Factor(Dim dim, KernelScope scope) => scope.Size(dim) is string text && text.Contains(" ") ? "(" + text + ")" : scope.Size(dim);

    private static string Word(bool value) => value ? "true" : "false";
}
