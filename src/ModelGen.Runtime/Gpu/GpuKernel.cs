using System;
using System.Reflection;
using System.Threading;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A kernel as the host knows it: the method that every thread runs. There is one for each text and process.</summary>
internal abstract class GpuKernel
{
    // ILGPU's compilers share state, even those of different devices.
    private static readonly Lock Compiler = new();
    private static int count = -1;

    protected GpuKernel(MethodInfo method, Type text)
    {
        Method = method;
        Text = text;
        Id = Interlocked.Increment(ref count);
    }

    /// <summary>Gets the number of kernels so far: every <see cref="Id"/> is less.</summary>
    public static int Count => Volatile.Read(ref count) + 1;

    /// <summary>Gets the kernel's place in every accelerator's table.</summary>
    public int Id { get; }

    /// <summary>Gets the method that every thread runs.</summary>
    public MethodInfo Method { get; }

    /// <summary>Gets the generated struct with the kernel's text, or the class of a kernel of our own: what messages name.</summary>
    public Type Text { get; }

    /// <summary>Gets what the kernel's registers are to allow for, on CUDA devices.</summary>
    public KernelSpecialization Specialization { get; init; } = KernelSpecialization.Empty;

    /// <summary>Translates the kernel into a device's language, one kernel at a time.</summary>
    /// <remarks>Every kernel is started with a group size of our own, for only then are there shared memory and barriers.</remarks>
    public CompiledKernel Compile(Backend backend)
    {
        GpuLayout.Check(Method.GetParameters()[0].ParameterType);
        lock (Compiler)
        {
            return backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(Method), Specialization);
        }
    }

    /// <summary>Makes what starts a kernel that the device has loaded.</summary>
    /// <returns>An <see cref="Action{T1, T2, T3}"/> of stream, grid and arguments.</returns>
    public abstract Delegate CreateLauncher(Kernel loaded);

    /// <inheritdoc/>
    public override string ToString() => GpuKernelName.Of(Text);
}

/// <inheritdoc/>
/// <param name="method">The method that every thread runs.</param>
/// <param name="text">The type that messages name.</param>
/// <typeparam name="TArguments">All arguments, as one struct.</typeparam>
internal sealed class GpuKernel<TArguments>(Action<TArguments> method, Type text) : GpuKernel(method.Method, text)
    where TArguments : struct
{
    public override Delegate CreateLauncher(Kernel loaded) =>
        loaded.CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, TArguments>>();
}
