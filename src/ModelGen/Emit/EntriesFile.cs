using System.Collections.Generic;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>Prints <c>X.Forward.g.cs</c> and <c>X.Backward.g.cs</c>: for every path of an entry the partial method that runs its kernels in order.</summary>
internal static class EntriesFile
{
    public static string Print(ModelPlan plan, IReadOnlyList<Program> programs, string outline, ProgramNames names) =>
        TypeFile.Print(plan.Type, $"{plan.Type.Name}: {outline}", writer =>
        {
            for (int index = 0; index < programs.Count; index++)
            {
                if (index > 0)
                {
                    writer.Line();
                }

                EntryMethod.Print(programs[index], names, Target.Cpu, writer);
            }
        });
}
