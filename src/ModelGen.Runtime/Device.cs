using System;
using System.Globalization;

namespace ModelGen;

/// <summary>Where a model's kernels run.</summary>
public sealed class Device
{
    private Device(string name, int threads) => (Name, Threads) = (name, threads);

    /// <summary>Gets the processor, with a thread per logical processor.</summary>
    public static Device Cpu { get; } = CpuWith(Environment.ProcessorCount);

    /// <summary>Gets the device's name, for messages and reports.</summary>
    public string Name { get; }

    /// <summary>Gets the number of threads that one call may use. Results are bit-identical for any number.</summary>
    public int Threads { get; }

    /// <summary>The processor with a fixed number of threads per call.</summary>
    /// <param name="threads">The number of threads, 1 or more.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread was asked for.</exception>
    public static Device CpuWith(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new Device(string.Create(CultureInfo.InvariantCulture, $"cpu, {threads} {(threads == 1 ? "thread" : "threads")}"), threads);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
