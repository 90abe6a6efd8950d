using System;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace ModelGen.Gpu;

/// <summary>Compiles kernels without any device: to be read, and to be checked by NVIDIA's assembler.</summary>
internal sealed class GpuOffline : IDisposable
{
    private readonly Context context = GpuDevice.NewContext();

    /// <summary>A kernel as PTX for NVIDIA's assembler.</summary>
    public string Ptx(GpuKernel kernel)
    {
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        return ((PTXCompiledKernel)kernel.Compile(backend)).PTXAssembly;
    }

    /// <summary>A kernel as OpenCL C for a device without any optional abilities.</summary>
    public string OpenCl(GpuKernel kernel)
    {
        using var backend = new CLBackend(context, new CLCapabilityContext(float16: false, float64: false, int64_Atomics: false, subGroups: false, genericAddressSpace: true), CLDeviceVendor.Other, CLCVersion.CL30);
        return ((CLCompiledKernel)kernel.Compile(backend)).Source;
    }

    /// <inheritdoc/>
    public void Dispose() => context.Dispose();
}
