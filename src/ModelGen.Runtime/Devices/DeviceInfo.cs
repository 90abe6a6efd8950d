using System.Globalization;
using ModelGen.Gpu;

namespace ModelGen;

/// <summary>A device of this machine and what it can do.</summary>
public sealed class DeviceInfo
{
    internal DeviceInfo()
    {
    }

    /// <summary>Gets how the device is spoken to.</summary>
    public DeviceKind Kind { get; internal init; }

    /// <summary>Gets the device's number among those of its kind, from 0: what <see cref="Device.Cuda"/> and <see cref="Device.OpenCl"/> take.</summary>
    public int Index { get; internal init; }

    /// <summary>Gets the name that the driver gives it.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>Gets a value indicating whether it is the processor, by whatever driver.</summary>
    public bool IsProcessor { get; internal init; }

    /// <summary>Gets its memory in bytes; the processor's is what this process may use.</summary>
    public long Memory { get; internal init; }

    /// <summary>Gets the number of its multiprocessors (OpenCL: compute units; processor: logical processors).</summary>
    public int Multiprocessors { get; internal init; }

    /// <summary>Gets the number of threads that run in step, or 0 where the driver does not tell.</summary>
    public int WarpSize { get; internal init; }

    /// <summary>Gets a value indicating whether threads that run in step can exchange values without memory.</summary>
    public bool SubGroups { get; internal init; }

    /// <summary>Gets the bytes of fast memory that a thread group shares; 0 for the processor.</summary>
    public int LocalMemory { get; internal init; }

    /// <summary>Gets a value indicating whether it calculates with 64-bit numbers. Models do not need it.</summary>
    public bool Float64 { get; internal init; }

    /// <summary>Gets a value indicating whether it calculates with 16-bit numbers. Models do not need it.</summary>
    public bool Float16 { get; internal init; }

    /// <summary>Gets why models cannot run on it, or null where they can.</summary>
    public string? Unusable { get; internal init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Words(Kind, Index)}: {Name}, {GpuErrors.Size(Memory)}, {Multiprocessors} {(Kind == DeviceKind.Cpu ? "threads" : "multiprocessors")}");
        return Unusable is null ? text : $"{text} (cannot be used: {Unusable})";
    }

    internal static string Words(DeviceKind kind, int index) => kind switch
    {
        DeviceKind.Cpu => "cpu",
        DeviceKind.Cuda => string.Create(CultureInfo.InvariantCulture, $"cuda {index}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"opencl {index}"),
    };
}
