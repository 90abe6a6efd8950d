using System;
using System.Collections.Concurrent;
using System.Globalization;

namespace ModelGen;

/// <summary>Where a model's kernels run: the processor, or a device with a CUDA or OpenCL driver. Equal devices are the same object.</summary>
public sealed partial class Device
{
    private static readonly ConcurrentDictionary<int, Device> Processors = new();

    private Device(DeviceKind kind, string name, int threads) => (Kind, Name, Threads) = (kind, name, threads);

    /// <summary>Raised while kernels are compiled for a device, on the thread that waits for them. Nothing is printed by itself.</summary>
    /// <remarks>
    /// The call that needs the kernels holds the device meanwhile. A handler that calls the same model, or disposes of it, gets an
    /// <see cref="InvalidOperationException"/>, and one that waits for another thread which uses the device waits for ever. What a handler throws, the
    /// call throws.
    /// </remarks>
    public static event EventHandler<KernelsCompilingEventArgs>? KernelsCompiling;

    /// <summary>Gets the processor, with a thread per logical processor.</summary>
    public static Device Cpu { get; } = CpuWith(Environment.ProcessorCount);

    /// <summary>Gets how the device is spoken to.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Gets the device's name, for messages and reports.</summary>
    public string Name { get; }

    /// <summary>Gets the number of the processor's threads that one call may use. Results are bit-identical for any number.</summary>
    public int Threads { get; }

    /// <summary>The processor with a fixed number of threads per call.</summary>
    /// <param name="threads">The number of threads, 1 or more.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread was asked for.</exception>
    public static Device CpuWith(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return Processors.GetOrAdd(threads, static count => new Device(
            DeviceKind.Cpu, string.Create(CultureInfo.InvariantCulture, $"cpu, {count} {(count == 1 ? "thread" : "threads")}"), count));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static void OnKernelsCompiling(string name, string device, int compiled, int total) =>
        KernelsCompiling?.Invoke(null, new KernelsCompilingEventArgs(name, device, compiled, total));
}
