using System;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using ModelGen.Entries;
using static ILGPU.Runtime.OpenCL.CLAPI;

namespace ModelGen.Gpu;

/// <summary>OpenCL.</summary>
internal sealed class OpenClDriver(CLAccelerator accelerator) : GpuDriver(accelerator, accelerator.Backend)
{
    // CL_GLOBAL: local memory is a part of global memory.
    private const int Global = 2;

    /// <inheritdoc/>
    public override bool HasOwnLocalMemory => ((CLDevice)accelerator.Device).GetDeviceInfo<int>(CLDeviceInfoType.CL_DEVICE_LOCAL_MEM_TYPE) != Global;

    /// <inheritdoc/>
    public override void Write(MemoryBuffer destination, long offset, nint source, long bytes) => CLException.ThrowIfFailed(
        CurrentAPI.WriteBuffer(accelerator.DefaultStream, destination.NativePtr, false, (nint)offset, (nint)bytes, source));

    /// <inheritdoc/>
    public override void Read(MemoryBuffer source, long offset, nint destination, long bytes) => CLException.ThrowIfFailed(
        CurrentAPI.ReadBuffer(accelerator.DefaultStream, source.NativePtr, false, (nint)offset, (nint)bytes, destination));

    /// <inheritdoc/>
    public override void Copy(MemoryBuffer source, MemoryBuffer destination, long bytes) => CLException.ThrowIfFailed(
        CurrentAPI.CopyBuffer(accelerator.DefaultStream, source.NativePtr, destination.NativePtr, 0, 0, (nint)bytes));

    /// <inheritdoc/>
    public override void Clear(MemoryBuffer destination, long offset, long bytes) => CLException.ThrowIfFailed(
        CurrentAPI.FillBuffer(accelerator.DefaultStream, destination.NativePtr, (byte)0, (nint)offset, (nint)bytes));

    /// <inheritdoc/>
    public override void Flush() =>
        CLException.ThrowIfFailed(CurrentAPI.FlushCommandQueue(((CLStream)accelerator.DefaultStream).CommandQueue));

    /// <inheritdoc/>
    public override IGpuStagingMemory Stage(int bytes) => new Pinned(new AlignedBuffer(bytes / sizeof(float)));

    /// <inheritdoc/>
    public override bool IsLoss(Exception error) => error is CLException
    {
        Error: not (
        CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_INVALID_BUFFER_SIZE or CLError.CL_OUT_OF_HOST_MEMORY
        or CLError.CL_INVALID_WORK_GROUP_SIZE or CLError.CL_INVALID_WORK_ITEM_SIZE or CLError.CL_INVALID_GLOBAL_WORK_SIZE
        or CLError.CL_BUILD_PROGRAM_FAILURE or CLError.CL_INVALID_KERNEL_ARGS or CLError.CL_INVALID_ARG_SIZE)
    };

    /// <inheritdoc/>
    public override bool IsOutOfMemory(Exception error) => error is CLException
    {
        Error: CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_INVALID_BUFFER_SIZE or CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY,
    };

    /// <inheritdoc/>
    public override bool IsRejection(Exception error) => error is CLException
    {
        Error: CLError.CL_BUILD_PROGRAM_FAILURE or CLError.CL_COMPILE_PROGRAM_FAILURE or CLError.CL_LINK_PROGRAM_FAILURE or CLError.CL_LINKER_NOT_AVAILABLE
        or CLError.CL_COMPILER_NOT_AVAILABLE or CLError.CL_INVALID_BUILD_OPTIONS or CLError.CL_INVALID_COMPILER_OPTIONS or CLError.CL_INVALID_LINKER_OPTIONS
        or CLError.CL_INVALID_BINARY or CLError.CL_INVALID_PROGRAM_EXECUTABLE or CLError.CL_INVALID_KERNEL_NAME or CLError.CL_INVALID_KERNEL_DEFINITION,
    };

    /// <inheritdoc/>
    public override string Word(Exception error) => error is CLException cl ? cl.Error.ToString() : error.GetType().Name;

    /// <inheritdoc/>
    public override string? CompilerLog(CompiledKernel kernel)
    {
        var compiled = (CLCompiledKernel)kernel;
        CLError error = CLKernel.LoadKernel(
            accelerator, compiled.Name, compiled.Source, compiled.CVersion, out nint program, out nint loaded, out string? log);
        if (error == CLError.CL_SUCCESS)
        {
            _ = CurrentAPI.ReleaseKernel(loaded);
            _ = CurrentAPI.ReleaseProgram(program);
        }

        return log;
    }

    /// <inheritdoc/>
    protected override Backend NewBackend(Context context) =>
        new CLBackend(context, accelerator.Capabilities, accelerator.Vendor, accelerator.CLStdVersion);

    /// <summary>Memory on the garbage collector's pinned heap.</summary>
    private sealed class Pinned(AlignedBuffer buffer) : IGpuStagingMemory
    {
        public unsafe nint Start => (nint)buffer.Floats.Start;
    }
}
