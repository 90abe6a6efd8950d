using ModelGen.Emit.Cpu;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>Prints <c>X.Cpu.g.cs</c>: the kernels, each with the method that starts it.</summary>
internal static class CpuFile
{
    public static string Print(ModelPlan plan, ProgramNames names) =>
        TypeFile.Print(plan.Type, $"{plan.Type.Name}: its kernels for processors, each one text for vectors V of any width", writer =>
        {
            writer.Line(RuntimeNames.GeneratedCode);
            using (writer.Block("private static class " + names.KernelClass))
            {
                bool first = true;
                foreach (Kernel kernel in plan.Kernels)
                {
                    if (!first)
                    {
                        writer.Line();
                    }

                    first = false;
                    KernelPrinter.Print(kernel, names.Kernel(kernel), names.KernelMembers, writer);
                }
            }
        });
}
