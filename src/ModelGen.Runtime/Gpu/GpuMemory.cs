using System;
using System.Runtime.InteropServices;
using System.Threading;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A piece of a device's memory.</summary>
/// <remarks>Whoever uses its buffers keeps it, too: memory that nobody has any more is given back at the device's next call.</remarks>
internal sealed class GpuMemory : IDisposable
{
    private MemoryBuffer? buffer;

    /// <summary>Initializes a new instance of the <see cref="GpuMemory"/> class, for <see cref="GpuAccelerator.Allocate"/>.</summary>
    public GpuMemory(GpuAccelerator accelerator, MemoryBuffer? buffer, long length) =>
        (Accelerator, this.buffer, Length) = (accelerator, buffer, length);

    ~GpuMemory() => Release(Accelerator.Abandon);

    /// <summary>Gets the device.</summary>
    public GpuAccelerator Accelerator { get; }

    /// <summary>Gets the number of floats or integers that fit.</summary>
    public long Length { get; }

    /// <summary>Gets the memory as floats.</summary>
    public GpuBuffer<float> Floats => View<float>();

    /// <summary>Gets the same memory as integers.</summary>
    public GpuBuffer<int> Ints => View<int>();

    /// <summary>Copies values to the device; they may be changed afterwards. Few values do not wait for the device.</summary>
    public void Upload(ReadOnlySpan<float> values, long offset = 0) => Write(MemoryMarshal.AsBytes(values), offset);

    /// <summary>Copies values to the device; they may be changed afterwards. Few values do not wait for the device.</summary>
    public void Upload(ReadOnlySpan<int> values, long offset = 0) => Write(MemoryMarshal.AsBytes(values), offset);

    /// <summary>Waits for the device and copies values from it.</summary>
    public void Download(Span<float> values, long offset = 0) => Read(MemoryMarshal.AsBytes(values), offset);

    /// <summary>Waits for the device and copies values from it.</summary>
    public void Download(Span<int> values, long offset = 0) => Read(MemoryMarshal.AsBytes(values), offset);

    /// <summary>Copies values from pinned memory of the host, which must not change before the accelerator's next synchronisation.</summary>
    internal void StartUpload(nint source, long offset, long count) => Accelerator.Write(Buffer(), offset * sizeof(float), source, count * sizeof(float));

    /// <summary>Copies values to pinned memory of the host, which is complete after the accelerator's next synchronisation.</summary>
    internal void StartDownload(nint destination, long offset, long count) =>
        Accelerator.Read(Buffer(), offset * sizeof(float), destination, count * sizeof(float));

    /// <summary>Sets all values to 0, after what has been started before.</summary>
    public void Clear()
    {
        if (Length > 0)
        {
            Accelerator.Clear(Buffer(), 0, Length * sizeof(float));
        }
    }

    /// <summary>Copies all values to other memory of the same device, after what has been started before.</summary>
    public void CopyTo(GpuMemory destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Length);
        if (Length > 0)
        {
            Accelerator.Copy(Buffer(), destination.Buffer(), Length * sizeof(float));
        }
    }

    /// <summary>Gives the memory back. What has been started before still finds it.</summary>
    public void Dispose()
    {
        Release(Accelerator.Free);
        GC.SuppressFinalize(this);
    }

    private void Write(ReadOnlySpan<byte> values, long offset)
    {
        Check(offset, values.Length);
        if (values.Length > 0)
        {
            Accelerator.Write(Buffer(), offset * sizeof(float), values);
        }
    }

    private void Read(Span<byte> values, long offset)
    {
        Check(offset, values.Length);
        if (values.Length > 0)
        {
            Accelerator.Read(Buffer(), offset * sizeof(float), values);
        }
    }

    private GpuBuffer<T> View<T>()
        where T : unmanaged => Length == 0 ? default : new(new ArrayView<T>(Buffer(), 0, Length));

    private MemoryBuffer Buffer() => buffer ?? throw new ObjectDisposedException(nameof(GpuMemory));

    private void Check(long offset, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + (bytes / sizeof(float)), Length);
    }

    private void Release(Action<MemoryBuffer> how)
    {
        if (Interlocked.Exchange(ref buffer, null) is MemoryBuffer own)
        {
            how(own);
        }
    }
}
