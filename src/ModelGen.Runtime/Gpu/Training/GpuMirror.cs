using System;
using ModelGen.Entries;

namespace ModelGen.Gpu;

/// <summary>A model's parameters or gradients or a state, on a device and on the host. Either may be behind the other, until somebody wants to see it.</summary>
/// <remarks>
/// What is on the host when the device is lost stays there. Values are therefore received apart, and copied to where everybody reads them once all
/// have come: a device that is lost on the way leaves no mixture of two moments.
/// </remarks>
internal sealed class GpuMirror : IDisposable
{
    // As bytes, a span of more would have too many.
    private const int Piece = 1 << 28;
    private readonly GpuAccelerator accelerator;
    private readonly GpuMemory device;
    private AlignedBuffer? host;
    private AlignedBuffer? received;
    private bool isHostBehind;
    private bool isDeviceBehind;

    /// <summary>Initializes a new instance of the <see cref="GpuMirror"/> class, with zeros.</summary>
    public GpuMirror(GpuAccelerator accelerator, long length, string purpose)
    {
        this.accelerator = accelerator;
        device = accelerator.Allocate(length, purpose);
        device.Clear();
    }

    /// <summary>Gets the place of the values on the host, whether or not they are there at the moment.</summary>
    public AlignedBuffer Place => host ??= new AlignedBuffer(device.Length);

    /// <summary>Gets a value indicating whether the values as they are now are on the device alone.</summary>
    public bool IsHostBehind => isHostBehind;

    /// <summary>Copies all values to a device.</summary>
    public static void Upload(AlignedBuffer values, GpuMemory memory)
    {
        for (long offset = 0; offset < memory.Length; offset += Piece)
        {
            memory.Upload(PieceOf(values, offset), offset);
        }
    }

    /// <summary>Waits for a device and copies all values from it.</summary>
    public static void Download(GpuMemory memory, AlignedBuffer values)
    {
        for (long offset = 0; offset < memory.Length; offset += Piece)
        {
            memory.Download(PieceOf(values, offset), offset);
        }
    }

    /// <summary>The values as they are now, on the host.</summary>
    public AlignedBuffer Read()
    {
        lock (accelerator.Gate)
        {
            if (isHostBehind && !accelerator.IsLost)
            {
                received ??= new AlignedBuffer(device.Length);
                Download(device, received);
                received.CopyTo(Place);
                isHostBehind = false;
            }

            return Place;
        }
    }

    /// <summary>The same, to be changed until the device wants to see them.</summary>
    public AlignedBuffer Write()
    {
        lock (accelerator.Gate)
        {
            AlignedBuffer values = Read();
            isDeviceBehind = true;
            return values;
        }
    }

    /// <summary>Replaces all values.</summary>
    public void Replace(AlignedBuffer values)
    {
        lock (accelerator.Gate)
        {
            values.CopyTo(Place);
            (isHostBehind, isDeviceBehind) = (false, true);
        }
    }

    /// <summary>Makes all values zero. The host has them then: somebody may hold a span of them, and go on to write.</summary>
    public void Clear()
    {
        lock (accelerator.Gate)
        {
            Place.Span(0, checked((int)Place.Length)).Clear();
            (isHostBehind, isDeviceBehind) = (false, true);
        }
    }

    /// <summary>Copies all values to another mirror of the same length and device, where they are.</summary>
    public void CopyTo(GpuMirror destination)
    {
        lock (accelerator.Gate)
        {
            if (isDeviceBehind)
            {
                destination.Replace(Place);
            }
            else
            {
                device.CopyTo(destination.ToOverwrite());
            }
        }
    }

    /// <summary>The values on the device, for kernels to read, while whoever has changed them on the host may change them once more should the call fail.</summary>
    public GpuMemory ToShare()
    {
        if (isDeviceBehind)
        {
            Upload(Place, device);
        }

        return device;
    }

    /// <summary>The values on the device, for kernels to read.</summary>
    public GpuMemory OnDevice()
    {
        GpuMemory memory = ToShare();
        isDeviceBehind = false;
        return memory;
    }

    /// <summary>The values on the device, for kernels to change.</summary>
    public GpuMemory ToChange()
    {
        GpuMemory memory = OnDevice();
        isHostBehind = true;
        return memory;
    }

    /// <summary>The memory on the device, for kernels to overwrite.</summary>
    public GpuMemory ToOverwrite()
    {
        (isHostBehind, isDeviceBehind) = (true, false);
        return device;
    }

    public void Dispose() => device.Dispose();

    private static Span<float> PieceOf(AlignedBuffer values, long offset) => values.Span(offset, (int)Math.Min(Piece, values.Length - offset));
}
