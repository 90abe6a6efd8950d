using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Gpu;

/// <summary>What callers get to read.</summary>
internal static class GpuErrors
{
    public static DeviceMemoryException OutOfMemory(GpuAccelerator accelerator, string doing, long bytes, long? free, Exception cause)
    {
        string asked = bytes > 0 ? $" ({Size(bytes)} were asked for)" : string.Empty;
        string freeText = free is long known ? $"; {Size(known)} are free" : "; how much is free, its driver does not tell";
        return new DeviceMemoryException(
            $"{accelerator.Name} has not enough memory: {doing} failed{asked}. This process uses {Size(accelerator.Allocated)} of it{freeText}. "
            + "Use smaller batches or a smaller model, dispose of models that are not needed, or choose a device with more memory.",
            cause)
        {
            Requested = bytes,
            Free = free,
        };
    }

    public static KernelCompilationException Compilation(GpuAccelerator accelerator, GpuKernel kernel, string name, string? log, Exception cause)
    {
        string said = (log ?? Innermost(cause).Message).Trim();
        string computes = GpuKernelName.Expression(kernel.Text) is string expression ? $", which computes '{expression}'," : string.Empty;
        return new KernelCompilationException(
            $"The kernel '{kernel}' of {name}{computes} could not be compiled for {accelerator.Name}: {said}", cause)
        {
            Kernel = kernel.ToString(),
            Expression = GpuKernelName.Expression(kernel.Text),
            Log = log,
        };
    }

    /// <summary>There is no device of a kind at all: most often a driver is missing.</summary>
    public static DeviceException NoDevices(DeviceKind kind) => new(kind == DeviceKind.Cuda
        ? CudaDevices.HasDriver
            ? "NVIDIA's driver is there, but it offers no CUDA device. Is one built in, and visible to this process (CUDA_VISIBLE_DEVICES)?"
            : "There is no CUDA device: NVIDIA's driver (libcuda.so.1, nvcuda.dll) is not installed or does not start. Install it; the CUDA toolkit is not needed."
        : OpenClDevices.HasDriver
            ? "OpenCL is installed, but its drivers offer no device. Is one built in, and may this process use it (on Linux: the groups video and render)?"
            : "There is no OpenCL device: no OpenCL library (libOpenCL.so.1, OpenCL.dll), or no driver for it, is installed. Install the driver of your "
                + "graphics processor; on Linux also the loader (Debian: ocl-icd-libopencl1). Without a graphics processor use Device.Cpu.");

    /// <summary>A kind's devices are fewer than was thought.</summary>
    public static DeviceException NoSuchDevice(DeviceKind kind, int index, IEnumerable<GpuDevice> devices) => new(
        $"There is no device {DeviceInfo.Words(kind, index)}. There are: {string.Join("; ", devices.Select(device => device.Info))}.");

    public static DeviceException Unusable(DeviceInfo info) =>
        new($"{info.Name} ({DeviceInfo.Words(info.Kind, info.Index)}) cannot be used: {info.Unusable}.");

    public static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.##} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.##} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes"),
    };

    private static Exception Innermost(Exception error) => error.InnerException is Exception inner ? Innermost(inner) : error;
}
