using System;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Gpu;

/// <summary>Prints a kernel for devices: comments, the method that starts it, and the struct with its text.</summary>
internal static class GpuKernelPrinter
{
    /// <param name="method">The name of the method that starts the kernel.</param>
    /// <param name="types">The names of the class that kernels lie in.</param>
    public static void Print(Kernel kernel, string method, NameScope types, CodeWriter writer)
    {
        if (kernel is TemplateKernel template)
        {
            TemplateCall.Print(template, method, Target.Gpu, writer);
            return;
        }

        KernelScope scope = new(kernel, Target.Gpu);
        CodeWriter text = new(margin: 8);
        string type = types.Add(method + KernelStruct.Suffix(kernel));
        string? sums = kernel is ProductKernel { Sums.Count: > 0 } ? types.Add(method + "Sums") : null;
        text.Lines(kernel.Comment.Take(1).Select(line => $"[{RuntimeNames.Gpu}Computes({SymbolDisplay.FormatLiteral(line, quote: true)})]"));
        switch (kernel)
        {
            case ElementKernel elements:
                ElementText.Print(elements, scope, type, text);
                break;
            case RowKernel rows:
                RowKernelText.Print(rows, scope, type, text);
                break;
            case ProductKernel product:
                EpilogueText.Print(product, scope, type, sums, text);
                break;
            default:
                throw new InvalidOperationException(kernel.GetType().Name);
        }

        foreach (string line in kernel.Comment)
        {
            writer.Comment(line);
        }

        GpuLauncher.Print(kernel, scope, method, type, sums, writer);
        writer.Line();
        writer.Append(text);
    }
}
