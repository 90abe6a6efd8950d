using System;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>Prints a kernel for processors: comments, the method that starts it, and the struct with its text, generic over the vector.</summary>
internal static class KernelPrinter
{
    /// <param name="method">The name of the method that starts the kernel.</param>
    /// <param name="types">The names of the class that kernels lie in.</param>
    public static void Print(Kernel kernel, string method, NameScope types, CodeWriter writer)
    {
        if (kernel is TemplateKernel template)
        {
            TemplateCall.Print(template, method, Target.Cpu, writer);
            return;
        }

        KernelScope scope = new(kernel, Target.Cpu);
        string type = types.Add(method + KernelStruct.Suffix(kernel));
        CodeWriter text = new(margin: 8);
        PrintText(kernel, scope, type, text);
        foreach (string line in kernel.Comment)
        {
            writer.Comment(line);
        }

        Launcher.Print(kernel, scope, method, type, writer);
        writer.Line();
        writer.Append(text);
    }

    private static void PrintText(Kernel kernel, KernelScope scope, string type, CodeWriter writer)
    {
        switch (kernel)
        {
            case ElementKernel elements:
                ElementKernelPrinter.Print(elements, scope, type, writer);
                break;
            case RowKernel rows:
                RowKernelPrinter.Print(rows, scope, type, writer);
                break;
            case ProductKernel product:
                EpiloguePrinter.Print(product, scope, type, writer);
                break;
            default:
                throw new InvalidOperationException(kernel.GetType().Name);
        }
    }
}
