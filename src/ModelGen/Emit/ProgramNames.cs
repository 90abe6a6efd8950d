using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>The names of what the compiled files add to a class, chosen against those that it has.</summary>
internal sealed class ProgramNames
{
    private readonly Func<Program, string> method;
    private readonly Func<Program, string> gpuMethod;
    private readonly Dictionary<Kernel, string> kernels = [];
    private readonly Dictionary<Program, string> buffers = [];

    /// <param name="taken">The members that the class has: the user's and those of the surface.</param>
    /// <param name="method">The partial method that an entry's path implements: <c>PredictRun</c>, <c>LossTrain</c>.</param>
    /// <param name="gpuMethod">The one that runs it on a device: <c>PredictOnGpu</c>, <c>LossTrainOnGpu</c>.</param>
    public ProgramNames(ModelPlan plan, IEnumerable<string> taken, Func<Program, string> method, Func<Program, string> gpuMethod)
    {
        this.method = method;
        this.gpuMethod = gpuMethod;
        NameScope members = new(taken.Append(plan.Type.Name));
        KernelClass = members.Add("Kernels");
        GpuKernelClass = members.Add("GpuKernels");
        KernelMembers = new NameScope(KernelClass, GpuKernelClass);
        foreach (Kernel kernel in plan.Kernels)
        {
            kernels.Add(kernel, KernelMembers.Add(NameScope.Pascal(kernel.Name)));
        }

        foreach (Program program in plan.Programs)
        {
            buffers.Add(program, members.Add(program.Name + (program.IsTraining ? "TrainBuffers" : "Buffers")));
        }
    }

    /// <summary>Gets the nested class of the kernels.</summary>
    public string KernelClass { get; }

    /// <summary>Gets the nested class of the kernels for devices; its methods have the same names.</summary>
    public string GpuKernelClass { get; }

    /// <summary>Gets the members of those classes.</summary>
    public NameScope KernelMembers { get; }

    /// <summary>The method that starts a kernel.</summary>
    public string Kernel(Kernel kernel) => kernels[kernel];

    /// <summary>The struct with the places of a program's values in the arena.</summary>
    public string Buffers(Program program) => buffers[program];

    public string Method(Program program, Target target) => target == Target.Gpu ? gpuMethod(program) : method(program);

    public string Kernels(Target target) => target == Target.Gpu ? GpuKernelClass : KernelClass;
}
