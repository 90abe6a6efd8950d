using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>A planned model → the files of its implementation: buffers, the order of the kernels, and the kernels.</summary>
internal static class ProgramEmitter
{
    /// <param name="taken">The members that the class has besides: the user's and those of the surface.</param>
    /// <param name="method">The partial method that an entry's path implements: <c>PredictRun</c>, <c>LossTrain</c>.</param>
    /// <param name="gpuMethod">The one that runs it on a device: <c>PredictOnGpu</c>, <c>LossTrainOnGpu</c>.</param>
    /// <returns>The ends of the files' names (<c>.Cpu.g.cs</c>) and their texts; a file that would be empty is left out.</returns>
    public static IEnumerable<(string Suffix, string Text)> Emit(ModelPlan plan, IEnumerable<string> taken, Func<Program, string> method, Func<Program, string> gpuMethod)
    {
        ProgramNames names = new(plan, taken, method, gpuMethod);
        Program[] forward = [.. plan.Programs.Where(program => !program.IsTraining)];
        Program[] backward = [.. plan.Programs.Where(program => program.IsTraining)];
        if (plan.Slots.Any(slots => slots.Count > 0))
        {
            yield return (".Buffers.g.cs", BuffersFile.Print(plan, names));
        }

        if (forward.Length > 0)
        {
            yield return (".Forward.g.cs", EntriesFile.Print(plan, forward, "the paths without gradients, as the order of their kernels", names));
        }

        if (backward.Length > 0)
        {
            yield return (".Backward.g.cs", EntriesFile.Print(plan, backward, "the training paths, as the order of their kernels", names));
        }

        if (plan.Kernels.Count > 0)
        {
            yield return (".Cpu.g.cs", CpuFile.Print(plan, names));
        }

        if (plan.Programs.Count > 0)
        {
            yield return (".Gpu.g.cs", GpuFile.Print(plan, names));
        }
    }
}
