using System;
using System.Collections.Generic;
using ILGPU.Runtime.OpenCL;

namespace ModelGen.Gpu;

/// <summary>The devices of all OpenCL drivers.</summary>
/// <remarks>ILGPU's own search hides devices that it cannot use, and all that follow one that fails: this one says what is wrong with them.</remarks>
internal static class OpenClDevices
{
    private const int Most = 64;
    private const int ThreadsPerGroup = GpuRows.ThreadsPerGroup;
    private const int LocalMemory = 16 * 1024;

    /// <summary>Gets a value indicating whether there is a loader and at least one driver.</summary>
    public static bool HasDriver => CLAPI.CurrentAPI.IsSupported;

    public static IEnumerable<GpuDevice> Find()
    {
        int index = 0;
        foreach ((nint platform, nint device) in Handles())
        {
            CLDevice? found = null;
            string? failure = null;
            try
            {
                found = new CLDevice(platform, device);
            }
            catch (CLException error)
            {
                failure = $"its driver fails to describe it ({error.Error})";
            }

            yield return found is null
                ? new GpuDevice(new DeviceInfo { Kind = DeviceKind.OpenCl, Index = index++, Name = "OpenCL device", Unusable = failure }, _ => throw new DeviceException(failure!))
                : new GpuDevice(Describe(found, index++), context => new OpenClDriver(found.CreateCLAccelerator(context)));
        }
    }

    private static List<(nint Platform, nint Device)> Handles()
    {
        var handles = new List<(nint, nint)>();
        if (!HasDriver || CLAPI.CurrentAPI.GetNumPlatforms(out int platformCount) != CLError.CL_SUCCESS || platformCount < 1)
        {
            return handles;
        }

        var platforms = new nint[platformCount];
        if (CLAPI.CurrentAPI.GetPlatforms(platforms, ref platformCount) != CLError.CL_SUCCESS)
        {
            return handles;
        }

        foreach (nint platform in platforms)
        {
            var devices = new nint[Most];
            if (CLAPI.CurrentAPI.GetDevices(platform, CLDeviceType.CL_DEVICE_TYPE_ALL, devices, out int count) == CLError.CL_SUCCESS)
            {
                for (int i = 0; i < Math.Min(count, Most); i++)
                {
                    handles.Add((platform, devices[i]));
                }
            }
        }

        return handles;
    }

    private static DeviceInfo Describe(CLDevice device, int index) => new()
    {
        Kind = DeviceKind.OpenCl,
        Index = index,
        Name = device.Name,
        IsProcessor = device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU),
        Memory = device.MemorySize,
        Multiprocessors = Math.Max(device.NumMultiprocessors, 1),
        WarpSize = device.WarpSize,
        SubGroups = device.HasExtension("cl_khr_subgroups") || device.HasExtension("cl_intel_subgroups"),
        LocalMemory = device.MaxSharedMemoryPerGroup,
        Float64 = device.Capabilities.Float64,
        Float16 = device.Capabilities.Float16,
        Unusable = Unusable(device),
    };

    private static string? Unusable(CLDevice device) =>
        !device.Capabilities.GenericAddressSpace
            ? $"its driver ({device.PlatformName}) lacks OpenCL's generic address space, which kernels need: install a newer driver, or another one for this device"
        : device.MaxNumThreadsPerGroup < ThreadsPerGroup
            ? FormattableString.Invariant($"its thread groups have at most {device.MaxNumThreadsPerGroup} threads, and kernels need {ThreadsPerGroup}")
        : device.MaxSharedMemoryPerGroup < LocalMemory
            ? FormattableString.Invariant($"a thread group has {device.MaxSharedMemoryPerGroup} bytes of shared memory, and kernels need {LocalMemory}")
        : null;
}
