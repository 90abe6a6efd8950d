using System;
using System.Reflection;
using System.Threading;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A kernel as the host knows it: the method that every thread runs. There is one for each text and process.</summary>
internal abstract class GpuKernel
{
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

    /// <summary>Gets what ILGPU compiles. Every kernel brings its own group size, for only then are there shared memory and barriers.</summary>
    public EntryPointDescription Entry => EntryPointDescription.FromExplicitlyGroupedKernel(Method);

    /// <summary>Gets what the kernel's registers are to allow for, on CUDA devices.</summary>
    public KernelSpecialization Specialization { get; init; } = KernelSpecialization.Empty;

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
