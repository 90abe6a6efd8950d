using System;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>What CUDA and OpenCL do differently. All commands go into the accelerator's one stream, which runs them in order.</summary>
internal abstract class GpuDriver(Accelerator accelerator, Backend backend)
{
    /// <summary>Gets ILGPU's device.</summary>
    public Accelerator Accelerator { get; } = accelerator;

    /// <summary>Gets the compiler for the device.</summary>
    public Backend Backend { get; private set; } = backend;

    /// <summary>Gets the free bytes of device memory, or null where nobody knows.</summary>
    public virtual long? FreeMemory => null;

    /// <summary>Gets a value indicating whether the memory of thread groups is apart from global memory, and fast.</summary>
    public virtual bool HasOwnLocalMemory => true;

    /// <summary>Takes a new compiler: after a failure ILGPU's cannot compile anything else.</summary>
    public void RenewBackend() => Backend = NewBackend(GpuDevice.NewContext());

    /// <summary>Copies to the device. The source must not change before the stream has come here.</summary>
    public abstract void Write(MemoryBuffer destination, long offset, nint source, long bytes);

    /// <summary>Copies from the device. The destination is complete once the stream has come here.</summary>
    public abstract void Read(MemoryBuffer source, long offset, nint destination, long bytes);

    /// <summary>Copies from the beginning of one buffer to that of another.</summary>
    public abstract void Copy(MemoryBuffer source, MemoryBuffer destination, long bytes);

    /// <summary>Sets bytes to 0.</summary>
    public abstract void Clear(MemoryBuffer destination, long offset, long bytes);

    /// <summary>Makes the device begin with what it has been given, without waiting.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Host memory that the device can copy from on its own while the processor goes on.</summary>
    public abstract IGpuStagingMemory Stage(int bytes);

    /// <summary>Whether the device, not the call, has failed: nothing on it can be relied on any more.</summary>
    public abstract bool IsLoss(Exception error);

    /// <summary>Whether device memory is exhausted.</summary>
    public abstract bool IsOutOfMemory(Exception error);

    /// <summary>Whether the driver does not take a kernel's program.</summary>
    public abstract bool IsRejection(Exception error);

    /// <summary>The driver's word for an error.</summary>
    public abstract string Word(Exception error);

    /// <summary>A compiler for the device.</summary>
    protected abstract Backend NewBackend(Context context);

    /// <summary>What the device's own compiler says about a kernel that it has rejected, or null.</summary>
    public abstract string? CompilerLog(CompiledKernel kernel);
}

/// <summary>Host memory for copies.</summary>
internal interface IGpuStagingMemory
{
    /// <summary>Gets the address of the first byte.</summary>
    nint Start { get; }
}
