using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Gpu;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>Prints <c>X.Gpu.g.cs</c>: the same paths and kernels as in the other files, for devices.</summary>
internal static class GpuFile
{
    public static string Print(ModelPlan plan, ProgramNames names) =>
        TypeFile.Print(plan.Type, $"{plan.Type.Name}: its paths and kernels, for CUDA and OpenCL devices", writer =>
        {
            foreach (Program program in plan.Programs)
            {
                EntryMethod.Print(program, names, Target.Gpu, writer);
                writer.Line();
            }

            PrintKernels(plan.Kernels, names, writer);
        });

    private static void PrintKernels(IReadOnlyList<Kernel> kernels, ProgramNames names, CodeWriter writer)
    {
        writer.Line("/// <summary>For each kernel the method that starts it and the struct with its text, which one thread runs.</summary>");
        writer.Line(RuntimeNames.GeneratedCode);
        NameScope members = new(kernels.Select(names.Kernel).Append(names.GpuKernelClass));
        using (writer.Block("private static class " + names.GpuKernelClass))
        {
            for (int index = 0; index < kernels.Count; index++)
            {
                writer.Lines(index == 0 ? [] : [string.Empty]);
                GpuKernelPrinter.Print(kernels[index], names.Kernel(kernels[index]), members, writer);
            }
        }
    }
}
