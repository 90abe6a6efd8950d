using ModelGen.Emit.Cpu;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>Prints <c>X.Cpu.g.cs</c>: the kernels, each with the method that starts it.</summary>
internal static class CpuFile
{
    public static string Print(ModelPlan plan, ProgramNames names) =>
        TypeFile.Print(plan.Type, $"{plan.Type.Name}: its kernels, for processors", writer =>
        {
            writer.Line("/// <summary>For each kernel the method that starts it and the struct with its text.</summary>");
            writer.Line("/// <remarks>V is a vector of any width; L says which of its lanes are in use: all, or the first few at the end of a row.</remarks>");
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
