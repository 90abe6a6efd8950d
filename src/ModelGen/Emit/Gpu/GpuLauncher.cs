using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Gpu;

/// <summary>Prints the method that starts a kernel on a device and then finishes its sums over rows.</summary>
internal static class GpuLauncher
{
    /// <param name="sums">The name of the struct with the sums of a product, where it has any.</param>
    public static void Print(Kernel kernel, KernelScope scope, string method, string type, string? sums, CodeWriter writer)
    {
        IReadOnlyList<BlockSum> reductions = KernelSums.Of(kernel);
        writer.List($"internal static void {method}", [$"{scope.Target.Frame} frame", .. scope.Arguments.Select(argument => argument.ToString())], string.Empty);
        using (writer.Block())
        {
            PrintParts(kernel, reductions, scope, writer);
            writer.List($"{type} kernel = new", [.. scope.Fields.Select(scope.Initial)], ";");
            writer.List("frame." + Start(kernel, type, sums), [.. Enumerable.Repeat("in kernel", kernel is ProductKernel { Prologue: not null } ? 2 : 1), .. Space(kernel, scope), .. reductions.Count > 0 && kernel is RowKernel ? ["parts"] : Array.Empty<string>()], ";");
            if (reductions.Count > 0)
            {
                writer.List("frame.Finish", ["parts", .. reductions.Select(sum => Finish(sum, scope))], ";");
            }
        }
    }

    private static string Start(Kernel kernel, string type, string? sums) => kernel switch
    {
        ElementKernel => "Elements",
        RowKernel => "Rows",
        ProductKernel { Parts: > 1 } => "MultiplyParts",
        ProductKernel { Prologue: not null } when sums is not null => $"Multiply<{type}, {type}, {sums}>",
        ProductKernel => sums is null ? "Multiply" : $"Multiply<{type}, {sums}>",
        _ => throw new InvalidOperationException(kernel.GetType().Name),
    };

    private static string[] Space(Kernel kernel, KernelScope scope) => kernel switch
    {
        ElementKernel elements => [scope.WideSize(elements.Count)],
        RowKernel rows => Rows(rows, scope),
        ProductKernel product =>
            [.. Sizes(product, scope), scope.Argument(product.A), Word(product.TransposeA), scope.Argument(product.B), Word(product.TransposeB)],
        _ => throw new InvalidOperationException(kernel.GetType().Name),
    };

    private static string[] Rows(RowKernel kernel, KernelScope scope) =>
        [scope.Size(Dim.Product(kernel.Outer)), scope.Size(kernel.Inner), $"{kernel.Team!.Lanes}"];

    private static string[] Sizes(ProductKernel product, KernelScope scope) =>
        [.. product.Parts == 1 ? [scope.Size(product.Batch)] : Array.Empty<string>(), scope.Size(product.M), scope.Size(product.N), scope.Size(product.K)];

    /// <summary>Every part of the rows leaves its sums in memory of its own; the sums lie there one behind the other.</summary>
    private static void PrintParts(Kernel kernel, IReadOnlyList<BlockSum> sums, KernelScope scope, CodeWriter writer)
    {
        if (sums.Count == 0)
        {
            return;
        }

        writer.List("int parts = frame." + (kernel is RowKernel ? "RowParts" : "ProductParts"), kernel is RowKernel rows ? Rows(rows, scope) : Sizes((ProductKernel)kernel, scope), ";");
        Dim before = Dim.Zero;
        Dim total = sums.Aggregate(Dim.Zero, (sum, next) => sum + next.Columns);
        foreach (BlockSum sum in sums)
        {
            string memory = before == Dim.Zero ? $"frame.Scratch({Times(total, scope)})" : $"{scope.Argument(sums[0].Partials)}.At({Times(before, scope)})";
            writer.Line($"{scope.Target.Floats} {scope.Argument(sum.Partials)} = {memory};");
            before += sum.Columns;
        }
    }

    private static string Times(Dim columns, KernelScope scope) => columns == Dim.One ? "parts" : $"(long)parts * {Factor(scope.Size(columns))}";

    private static string Finish(BlockSum sum, KernelScope scope) =>
        $"{RuntimeNames.Gpu}GpuSum.{ReductionForm.Of(sum.Kind).OfParts}({scope.Argument(sum.Partials)}, {scope.Size(sum.Columns)}, {scope.Argument(sum.Destination)})";

    private static string Factor(string size) => size.Contains(" ") ? $"({size})" : size;

    private static string Word(bool value) => value ? "true" : "false";
}
