using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <content>Memory and copies.</content>
internal sealed partial class GpuAccelerator
{
    // Keeps ILGPU's finalisers away, which would free memory on their own thread.
    private readonly HashSet<MemoryBuffer> inUse = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentQueue<MemoryBuffer> abandoned = new();
    private static readonly TimeSpan LongestWaitForFinalisers = TimeSpan.FromSeconds(1);
    private long allocated;

    /// <summary>Gets the number of copies between the host and the device.</summary>
    public long Transfers { get; private set; }

    /// <summary>Gets the bytes of device memory that are in use by this process.</summary>
    public long Allocated
    {
        get
        {
            lock (Gate)
            {
                return allocated;
            }
        }
    }

    /// <summary>Allocates memory with undefined contents.</summary>
    /// <param name="floats">The number of floats; none is allowed.</param>
    /// <param name="purpose">What the memory is for, as it completes "allocating memory for …".</param>
    /// <returns>The memory.</returns>
    /// <exception cref="DeviceMemoryException">There is not enough.</exception>
    public GpuMemory Allocate(long floats, string purpose = "values")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(floats);
        lock (Gate)
        {
            ThrowIfLost();
            FreeAbandoned();
            if (floats == 0)
            {
                return new GpuMemory(this, null, 0);
            }

            MemoryBuffer buffer = AllocateOrCollect(floats, purpose);

            inUse.Add(buffer);
            allocated += buffer.LengthInBytes;
            return new GpuMemory(this, buffer, floats);
        }
    }

    /// <summary>Gives memory back now.</summary>
    internal void Free(MemoryBuffer buffer)
    {
        lock (Gate)
        {
            inUse.Remove(buffer);
            allocated -= buffer.LengthInBytes;
            try
            {
                buffer.Dispose();
            }
            catch (AcceleratorException error)
            {
                // Nobody can do anything about it. A device that is lost says so at its next command; its memory is gone already.
                _ = IsLost ? null : Failure(error, "giving memory back");
            }
        }
    }

    /// <summary>Gives memory back at the next call: for finalisers, which must not wait for a device.</summary>
    internal void Abandon(MemoryBuffer buffer) => abandoned.Enqueue(buffer);

    internal unsafe void Write(MemoryBuffer destination, long offset, ReadOnlySpan<byte> values)
    {
        lock (Gate)
        {
            ThrowIfLost();
            if (values.Length <= GpuStaging.Most)
            {
                if (!staging.Fits(values.Length))
                {
                    Synchronize();
                }

                WriteNow(destination, offset, Stage(values), values.Length);
                return;
            }

            fixed (byte* start = values)
            {
                WriteNow(destination, offset, (nint)start, values.Length);
                Synchronize();
            }
        }
    }

    /// <summary>Copies to the device without waiting: the source stays in place and unchanged until <see cref="Synchronize"/>.</summary>
    internal void Write(MemoryBuffer destination, long offset, nint source, long bytes)
    {
        lock (Gate)
        {
            ThrowIfLost();
            WriteNow(destination, offset, source, bytes);
        }
    }

    internal unsafe void Read(MemoryBuffer source, long offset, Span<byte> values)
    {
        lock (Gate)
        {
            ThrowIfLost();
            fixed (byte* start = values)
            {
                Read(source, offset, (nint)start, values.Length);
                Synchronize();
            }
        }
    }

    /// <summary>Waits and copies the first values of a buffer.</summary>
    internal void Read(GpuBuffer<float> source, Span<float> values)
    {
        if (values.Length > 0)
        {
            ArrayView<float> view = source.View;
            Read(((IArrayView)view).Buffer, ((IContiguousArrayView)view).IndexInBytes, MemoryMarshal.AsBytes(values));
        }
    }

    /// <summary>Copies from the device without waiting: the destination stays in place until <see cref="Synchronize"/>.</summary>
    internal void Read(MemoryBuffer source, long offset, nint destination, long bytes)
    {
        lock (Gate)
        {
            ThrowIfLost();
            try
            {
                Fault?.Invoke(GpuCommand.Copy);
                driver.Read(source, offset, destination, bytes);
                Transfers++;
            }
            catch (AcceleratorException error)
            {
                throw Failure(error, $"copying {bytes:N0} bytes from it");
            }
        }
    }

    internal void Clear(MemoryBuffer destination, long offset, long bytes)
    {
        lock (Gate)
        {
            ThrowIfLost();
            try
            {
                Fault?.Invoke(GpuCommand.Copy);
                driver.Clear(destination, offset, bytes);
            }
            catch (AcceleratorException error)
            {
                throw Failure(error, $"clearing {bytes:N0} bytes");
            }
        }
    }

    internal void Copy(MemoryBuffer source, MemoryBuffer destination, long bytes)
    {
        lock (Gate)
        {
            ThrowIfLost();
            try
            {
                Fault?.Invoke(GpuCommand.Copy);
                driver.Copy(source, destination, bytes);
            }
            catch (AcceleratorException error)
            {
                throw Failure(error, $"copying {bytes:N0} bytes within it");
            }
        }
    }

    private void WriteNow(MemoryBuffer destination, long offset, nint source, long bytes)
    {
        try
        {
            Fault?.Invoke(GpuCommand.Copy);
            driver.Write(destination, offset, source, bytes);
            Transfers++;
        }
        catch (AcceleratorException error)
        {
            throw Failure(error, $"copying {bytes:N0} bytes to it");
        }
    }

    private nint Stage(ReadOnlySpan<byte> values)
    {
        try
        {
            return staging.Copy(driver, values);
        }
        catch (AcceleratorException error)
        {
            throw Failure(error, "allocating host memory for copies", 0);
        }
    }

    private MemoryBuffer AllocateOrCollect(long floats, string purpose)
    {
        try
        {
            return AllocateNow(floats);
        }
        catch (AcceleratorException error)
        {
            if (!driver.IsOutOfMemory(error))
            {
                throw Failure(error, $"allocating memory for {purpose}", floats * sizeof(float));
            }

            CollectForgotten();
            FreeAbandoned();
        }

        try
        {
            return AllocateNow(floats);
        }
        catch (AcceleratorException error)
        {
            throw Failure(error, $"allocating memory for {purpose}", floats * sizeof(float));
        }
    }

    /// <summary>Finds memory that nobody has any more, but that the garbage collector has not noticed: it knows nothing of the device's memory.</summary>
    /// <remarks>
    /// Our own finalisers take no lock: <see cref="Abandon"/> is all that they call. But the caller holds the gate, and a finaliser of the user's may want it, for
    /// instance to dispose of a model: it would never end, and neither would a wait for it. So another thread waits for the finalisers, and this one for a while.
    /// </remarks>
    private static void CollectForgotten()
    {
        GC.Collect();
        var waiting = new Thread(GC.WaitForPendingFinalizers) { IsBackground = true, Name = "ModelGen: finalisers" };
        waiting.Start();
        waiting.Join(LongestWaitForFinalisers);
    }

    private MemoryBuffer AllocateNow(long floats)
    {
        Fault?.Invoke(GpuCommand.Allocate);
        return driver.Accelerator.AllocateRaw(floats, sizeof(float));
    }

    private void FreeAbandoned()
    {
        while (abandoned.TryDequeue(out MemoryBuffer? buffer))
        {
            Free(buffer);
        }
    }
}
