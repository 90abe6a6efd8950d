using System.Diagnostics.CodeAnalysis;
using ModelGen.Entries;

namespace ModelGen.Gpu;

/// <summary>A state on a device, where it stays from call to call. It comes to the host when the user looks at it, and goes back with the next call.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A state has nobody who disposes of it: the memory's own finaliser gives it back.")]
internal sealed class GpuState(GpuAccelerator accelerator, long length) : StateMemory
{
    private readonly GpuMirror mirror = new(accelerator, length, "a state");

    public override AlignedBuffer Place => mirror.Place;

    /// <exception cref="DeviceLostException">The device is lost, and the values with it.</exception>
    public override AlignedBuffer Share()
    {
        lock (accelerator.Gate)
        {
            if (mirror.IsHostBehind)
            {
                accelerator.ThrowIfLost();
            }

            return mirror.Write();
        }
    }

    public override void Clear() => mirror.Clear();

    public override void CopyTo(StateMemory destination) => mirror.CopyTo(((GpuState)destination).mirror);

    public override StateMemory Another() => new GpuState(accelerator, length);

    /// <summary>The values on the device, for a call to begin with.</summary>
    public GpuMemory ToRead() => mirror.ToShare();

    /// <summary>The memory on the device, for a call to leave values in.</summary>
    public GpuMemory ToOverwrite() => mirror.ToOverwrite();
}
