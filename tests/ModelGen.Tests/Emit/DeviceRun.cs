extern alias Runtime;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelGen.Emit;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;
using ModelGen.Specs;
using Runtime::ModelGen;
using Runtime::ModelGen.Gpu;
using Xunit;

namespace ModelGen.Tests.Emit;

/// <summary>Runs a printed kernel on an OpenCL device, where there is one; <c>MODELGEN_REQUIRE_OPENCL=1</c> says that there has to be.</summary>
internal sealed class DeviceRun(Kernel kernel, Assembly assembly)
{
    private const float Guard = 12345.678f;
    private const int GuardLength = 16;

    private static readonly Lazy<Device?> OpenCl = new(() =>
        Environment.GetEnvironmentVariable("MODELGEN_REQUIRE_OPENCL") == "1" || Device.List().Any(device => device is { Kind: DeviceKind.OpenCl, Unusable: null })
            ? Device.OpenCl()
            : null);

    /// <summary>Gets the device, or null.</summary>
    public static Device? Device => OpenCl.Value;

    private readonly MethodInfo method = assembly.GetType("X.System.Net+GpuKernels", throwOnError: true)!
        .GetMethod(NameScope.Pascal(kernel.Name), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The operands after the kernel has run; those that hold parts of sums as they were.</summary>
    public Array[] Execute(Array[] operands, Dictionary<string, int> dims, int[] loops, ulong seed, uint step)
    {
        GpuAccelerator accelerator = Device!.Accelerator!;
        GpuMemory[] memories = [.. operands.Select(operand => Upload(accelerator, operand))];
        try
        {
            GpuFrame frame = new(accelerator) { Seed = seed, Step = step };
            IEnumerable<object> buffers = memories.Select(Buffer).Where((_, operand) => !KernelSums.ArePartials(operand, kernel));
            object[] arguments = [frame, .. buffers, .. KernelDims.Of(kernel).Select(name => (object)dims[name]), .. loops.Cast<object>()];
            method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return [.. memories.Select(Download)];
        }
        finally
        {
            Array.ForEach(memories, memory => memory.Dispose());
        }

        object Buffer(GpuMemory memory, int operand) =>
            kernel.Operands[operand].Type == TensorType.Int ? memory.Ints.At(GuardLength) : memory.Floats.At(GuardLength);

        Array Download(GpuMemory memory, int operand)
        {
            float[] values = new float[memory.Length];
            memory.Download(values);
            if (kernel.Operands[operand].Type == TensorType.Int)
            {
                return operands[operand];
            }

            Assert.All(values[..GuardLength].Concat(values[^GuardLength..]), value => Assert.Equal(Guard, value));
            return values[GuardLength..^GuardLength];
        }
    }

    private static GpuMemory Upload(GpuAccelerator accelerator, Array operand)
    {
        GpuMemory memory = accelerator.Allocate(operand.Length + (2 * GuardLength));
        memory.Upload(Enumerable.Repeat(Guard, (int)memory.Length).ToArray());
        switch (operand)
        {
            case int[] ints:
                memory.Upload(ints, GuardLength);
                break;
            case float[] floats:
                memory.Upload(floats, GuardLength);
                break;
            default:
                throw new ArgumentException(operand.GetType().Name);
        }

        return memory;
    }
}
