using System;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using static ILGPU.Runtime.Cuda.CudaAPI;

namespace ModelGen.Gpu;

/// <summary>CUDA.</summary>
internal sealed class CudaDriver(CudaAccelerator accelerator) : GpuDriver(accelerator, accelerator.Backend)
{
    /// <inheritdoc/>
    public override long? FreeMemory => accelerator.GetFreeMemory();

    /// <inheritdoc/>
    public override void Write(MemoryBuffer destination, long offset, nint source, long bytes) =>
        Copy(destination.NativePtr + (nint)offset, source, bytes);

    /// <inheritdoc/>
    public override void Read(MemoryBuffer source, long offset, nint destination, long bytes) =>
        Copy(destination, source.NativePtr + (nint)offset, bytes);

    /// <inheritdoc/>
    public override void Copy(MemoryBuffer source, MemoryBuffer destination, long bytes) => Copy(destination.NativePtr, source.NativePtr, bytes);

    /// <inheritdoc/>
    public override void Clear(MemoryBuffer destination, long offset, long bytes)
    {
        accelerator.Bind();
        CudaException.ThrowIfFailed(CurrentAPI.Memset(destination.NativePtr + (nint)offset, 0, (nint)bytes, accelerator.DefaultStream));
    }

    /// <inheritdoc/>
    public override IGpuStagingMemory Stage(int bytes)
    {
        accelerator.Bind();
        return new PageLocked(CPUMemoryBuffer.CreatePageLocked(accelerator, bytes, 1));
    }

    /// <inheritdoc/>
    public override bool IsLoss(Exception error) => error is CudaException && !IsRejection(error) && Word(error) is not (
        "CUDA_ERROR_OUT_OF_MEMORY" or "CUDA_ERROR_INVALID_VALUE" or "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES");

    /// <inheritdoc/>
    public override bool IsOutOfMemory(Exception error) => error is CudaException && Word(error) == "CUDA_ERROR_OUT_OF_MEMORY";

    /// <inheritdoc/>
    /// <remarks>ILGPU has no words for some: 221 is that the driver's compiler was not found, 222 a PTX version that it does not know, 223 that it is disabled.</remarks>
    public override bool IsRejection(Exception error) => error is CudaException && Word(error) is
        "CUDA_ERROR_INVALID_PTX" or "CUDA_ERROR_INVALID_IMAGE" or "CUDA_ERROR_INVALID_SOURCE" or "CUDA_ERROR_NO_BINARY_FOR_GPU"
        or "CUDA_ERROR_NOT_FOUND" or "CUDA_ERROR_NOT_SUPPORTED" or "221" or "222" or "223";

    /// <inheritdoc/>
    public override string Word(Exception error) => error is CudaException cuda ? cuda.Error : error.GetType().Name;

    /// <inheritdoc/>
    public override string? CompilerLog(CompiledKernel kernel)
    {
        if (CurrentAPI.LoadModule(out nint module, ((PTXCompiledKernel)kernel).PTXAssembly, out string? log) == CudaError.CUDA_SUCCESS)
        {
            _ = CurrentAPI.DestroyModule(module);
            return null;
        }

        return log;
    }

    /// <inheritdoc/>
    protected override Backend NewBackend(Context context) =>
        new PTXBackend(context, accelerator.Architecture, accelerator.InstructionSet, null!);

    private void Copy(nint destination, nint source, long bytes)
    {
        accelerator.Bind();
        CudaException.ThrowIfFailed(CurrentAPI.MemcpyAsync(destination, source, (nint)bytes, accelerator.DefaultStream));
    }

    private sealed class PageLocked(CPUMemoryBuffer buffer) : IGpuStagingMemory
    {
        public nint Start => buffer.NativePtr;
    }
}
