using System;
using System.Collections.Generic;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu.Products;

/// <summary>The first OpenCL device, with the kernels that tests have started on it.</summary>
internal sealed class OpenCl : IGpuLauncher
{
    private static readonly Lazy<OpenCl?> Device = new(Find);

    private readonly Dictionary<int, Delegate> launchers = [];

    private OpenCl(Context context) => Accelerator = context.GetCLDevices()[0].CreateAccelerator(context);

    /// <summary>Gets why tests are skipped; nothing where there is a device, or where its absence is a failure.</summary>
    public static string? Missing { get; } =
        Device.Value is null && Environment.GetEnvironmentVariable("MODELGEN_REQUIRE_OPENCL") != "1" ? "There is no OpenCL device." : null;

    public static OpenCl Instance => Device.Value ?? throw new InvalidOperationException("MODELGEN_REQUIRE_OPENCL is 1, but there is no OpenCL device.");

    public Accelerator Accelerator { get; }

    public void Launch<TArguments>(GpuKernel<TArguments> kernel, KernelConfig config, in TArguments arguments)
        where TArguments : struct
    {
        lock (launchers)
        {
            if (!launchers.TryGetValue(kernel.Id, out Delegate? launcher))
            {
                launchers[kernel.Id] = launcher = kernel.Load(Accelerator);
            }

            ((Action<AcceleratorStream, KernelConfig, TArguments>)launcher)(Accelerator.DefaultStream, config, arguments);
        }
    }

    private static OpenCl? Find()
    {
        Context context = Context.Create(builder =>
        {
            builder.OpenCL().Optimize(OptimizationLevel.O2);
            GpuBarrier.Register(builder);
        });
        return context.GetCLDevices().Count > 0 ? new OpenCl(context) : null;
    }
}

/// <summary>A test that needs an OpenCL device.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenClTheoryAttribute : TheoryAttribute
{
    public OpenClTheoryAttribute() => Skip = OpenCl.Missing;
}
