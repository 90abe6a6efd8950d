using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ILGPU.Runtime.OpenCL;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>What goes wrong on devices, on an opened device of the test's own.</summary>
public class GpuErrorTests(ITestOutputHelper output)
{
    [OpenClFact]
    public void MoreMemoryThanThereIsIsAnErrorWithNumbers()
    {
        GpuAccelerator accelerator = OpenAnother();
        DeviceMemoryException error = Assert.Throws<DeviceMemoryException>(() => accelerator.Allocate(1L << 45, "parameters of Huge"));
        Assert.Equal(1L << 47, error.Requested);
        Assert.Contains("allocating memory for parameters of Huge failed (131072 GiB were asked for)", error.Message, StringComparison.Ordinal);
        Assert.False(accelerator.IsLost);
        accelerator.Allocate(10).Dispose();
    }

    [OpenClFact]
    public void MemoryThatWasForgottenIsFoundBeforeGivingUp()
    {
        GpuAccelerator accelerator = OpenAnother();
        int failures = 1;
        accelerator.Fault = command =>
        {
            if (command == GpuCommand.Allocate && failures-- > 0)
            {
                throw new CLException(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE);
            }
        };
        using GpuMemory memory = accelerator.Allocate(10);
        Assert.Equal(10, memory.Length);
    }

    [OpenClFact]
    public async Task AFinaliserThatWantsTheDeviceDoesNotStopWhoHasIt()
    {
        GpuAccelerator accelerator = OpenAnother();
        using var isFinalised = new ManualResetEventSlim();
        int failures = 1;
        accelerator.Fault = command =>
        {
            if (command == GpuCommand.Allocate && failures-- > 0)
            {
                Forget(new WantsTheDevice(accelerator, isFinalised));
                throw new CLException(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE);
            }
        };
        using GpuMemory memory = await Task.Run(() => accelerator.Allocate(10)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(10, memory.Length);
        GC.Collect();
        Assert.True(isFinalised.Wait(TimeSpan.FromSeconds(30)));
    }

    [OpenClTheory]
    [InlineData(GpuCommand.Launch, "starting the kernel 'Kernels: line'")]
    [InlineData(GpuCommand.Copy, "copying 4 bytes to it")]
    [InlineData(GpuCommand.Wait, "waiting for the kernels before")]
    internal void ALostDeviceStaysLost(GpuCommand command, string doing)
    {
        GpuAccelerator accelerator = OpenAnother();
        using GpuMemory memory = accelerator.Allocate(1);
        accelerator.Fault = now =>
        {
            if (now == command)
            {
                throw new CLException(CLError.CL_DEVICE_NOT_AVAILABLE);
            }
        };
        DeviceLostException error = Assert.Throws<DeviceLostException>(() => UseAll(accelerator, memory));
        Assert.Contains($"was lost while {doing}", error.Message, StringComparison.Ordinal);
        Assert.Contains("CL_DEVICE_NOT_AVAILABLE", error.Message, StringComparison.Ordinal);
        Assert.True(accelerator.IsLost);
        accelerator.Fault = null;
        Assert.Equal(error.Message, Assert.Throws<DeviceLostException>(() => accelerator.Allocate(1)).Message);
        Assert.Throws<DeviceLostException>(accelerator.Synchronize);
    }

    [OpenClFact]
    public void ALossThatAnAllocationFindsIsALoss()
    {
        GpuAccelerator accelerator = OpenAnother();
        accelerator.Fault = static command =>
        {
            if (command == GpuCommand.Allocate)
            {
                throw new CLException(CLError.CL_DEVICE_NOT_AVAILABLE);
            }
        };
        DeviceLostException error = Assert.Throws<DeviceLostException>(() => accelerator.Allocate(1, "parameters of Net"));
        Assert.Contains("was lost while allocating memory for parameters of Net", error.Message, StringComparison.Ordinal);
        Assert.True(accelerator.IsLost);
    }

    [OpenClFact]
    public void AKernelThatCannotBeStartedDoesNotLoseTheDevice()
    {
        GpuAccelerator accelerator = OpenAnother();
        using GpuMemory memory = accelerator.Allocate(1);
        accelerator.Fault = static command =>
        {
            if (command == GpuCommand.Launch)
            {
                throw new CLException(CLError.CL_INVALID_WORK_GROUP_SIZE);
            }
        };
        DeviceException error = Assert.Throws<DeviceException>(() => UseAll(accelerator, memory));
        Assert.Contains("'Kernels: line' with 1 · 1 groups of 256 threads failed (CL_INVALID_WORK_GROUP_SIZE)", error.Message, StringComparison.Ordinal);
        Assert.False(accelerator.IsLost);
    }

    [OpenClFact]
    public void AKernelOutsideOfTheSubsetIsNamedAndOthersStillCompile()
    {
        GpuAccelerator accelerator = OpenAnother();
        KernelCompilationException error = Assert.Throws<KernelCompilationException>(
            () => accelerator.Prepare([GpuElements<Kernels.Line>.Kernel, GpuElements<Throwing>.Kernel, GpuFinish.Kernel], "Broken.Predict"));
        output.WriteLine(error.Message);
        Assert.StartsWith("The kernel 'GpuErrorTests: throwing' of Broken.Predict could not be compiled for ", error.Message, StringComparison.Ordinal);
        Assert.Equal("GpuErrorTests: throwing", error.Kernel);
        using GpuMemory memory = accelerator.Allocate(1);
        UseAll(accelerator, memory);
        accelerator.Prepare([GpuFinish.Kernel, GpuElements<Kernels.Function>.Kernel], "Sound.Predict");
    }

    [OpenClFact]
    public void AKernelThatTheDriverRejectsIsNamed()
    {
        GpuAccelerator accelerator = OpenAnother();
        accelerator.Fault = static command =>
        {
            if (command == GpuCommand.Load)
            {
                throw new CLException(CLError.CL_BUILD_PROGRAM_FAILURE);
            }
        };
        KernelCompilationException error = Assert.Throws<KernelCompilationException>(() => accelerator.Prepare([GpuElements<Kernels.Line>.Kernel], "Rejected.Predict"));
        Assert.Contains("'Kernels: line' of Rejected.Predict", error.Message, StringComparison.Ordinal);
    }

    [OpenClTheory]
    [InlineData(CLError.CL_OUT_OF_HOST_MEMORY)]
    [InlineData(CLError.CL_OUT_OF_RESOURCES)]
    public void AKernelForWhichThereIsNoMemoryIsNotOneThatDoesNotCompile(CLError error)
    {
        GpuAccelerator accelerator = OpenAnother();
        accelerator.Fault = Loading(error);
        DeviceMemoryException caught = Assert.Throws<DeviceMemoryException>(() => accelerator.Prepare([GpuElements<Kernels.Line>.Kernel, GpuFinish.Kernel], "Large.Predict"));
        Assert.Contains("not enough memory: loading the kernel 'Kernels: line' of Large.Predict failed", caught.Message, StringComparison.Ordinal);
        Assert.False(accelerator.IsLost);
        accelerator.Fault = null;
        using GpuMemory memory = accelerator.Allocate(1);
        UseAll(accelerator, memory);
    }

    [OpenClFact]
    public void ADeviceThatIsLostWhileKernelsAreLoadedIsLost()
    {
        GpuAccelerator accelerator = OpenAnother();
        accelerator.Fault = Loading(CLError.CL_DEVICE_NOT_AVAILABLE);
        DeviceLostException error = Assert.Throws<DeviceLostException>(() => accelerator.Prepare([GpuElements<Kernels.Line>.Kernel], "Lost.Predict"));
        Assert.Contains("was lost while loading the kernel 'Kernels: line' of Lost.Predict (CL_DEVICE_NOT_AVAILABLE)", error.Message, StringComparison.Ordinal);
        Assert.True(accelerator.IsLost);
    }

    [OpenClFact]
    public void WhatOneKernelLacksTheOthersDoNotLose()
    {
        GpuAccelerator accelerator = OpenAnother();
        int failures = 1;
        accelerator.Fault = command =>
        {
            if (command == GpuCommand.Load && Interlocked.Decrement(ref failures) == 0)
            {
                throw new CLException(CLError.CL_BUILD_PROGRAM_FAILURE);
            }
        };
        GpuKernel[] kernels = [GpuElements<Kernels.Line>.Kernel, GpuElements<Kernels.Function>.Kernel, GpuFinish.Kernel];
        Assert.Throws<KernelCompilationException>(() => accelerator.Prepare(kernels, "Once.Predict"));
        Assert.Equal(2, accelerator.Compiled);
        accelerator.Prepare(kernels, "Once.Predict");
        Assert.Equal(3, accelerator.Compiled);
    }

    [OpenClFact]
    public void CompilingTellsHowFarItIsAndHappensOnce()
    {
        GpuAccelerator accelerator = OpenAnother();
        var seen = new List<string>();
        int thread = Environment.CurrentManagedThreadId;
        EventHandler<KernelsCompilingEventArgs> listener = (_, progress) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                seen.Add(progress.ToString());
            }
        };
        Device.KernelsCompiling += listener;
        try
        {
            GpuKernel[] kernels = [GpuElements<Kernels.Line>.Kernel, GpuElements<Kernels.Line>.Kernel, GpuFinish.Kernel];
            accelerator.Prepare(kernels, "Twice.Predict");
            accelerator.Prepare(kernels, "Twice.Predict");
        }
        finally
        {
            Device.KernelsCompiling -= listener;
        }

        Assert.Equal(["compiling kernels for Twice.Predict: 0 of 2", "compiling kernels for Twice.Predict: 1 of 2", "compiling kernels for Twice.Predict: 2 of 2"], seen);
        Assert.Equal(2, accelerator.Compiled);
    }

    [OpenClFact]
    public void OnlyADeviceOfOnesOwnMayBeBroken()
    {
        GpuAccelerator shared = OpenClDevice.Device.Accelerator!;
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => shared.Fault = static _ => { });
        Assert.Contains("is shared: only a device of one's own may be broken", error.Message, StringComparison.Ordinal);
        OpenAnother().Fault = static _ => { };
    }

    private static Action<GpuCommand> Loading(CLError error) => command =>
    {
        if (command == GpuCommand.Load)
        {
            throw new CLException(error);
        }
    };

    private static GpuAccelerator OpenAnother() =>
        GpuPlatform.Devices.First(device => device.Info is { Kind: DeviceKind.OpenCl, Unusable: null }).OpenAnother();

    private static void UseAll(GpuAccelerator accelerator, GpuMemory memory)
    {
        memory.Upload([1f]);
        accelerator.Launch(GpuElements<Kernels.Line>.Kernel, 1, 1, 256, new(new Kernels.Line(memory.Floats, memory.Floats), 1));
        accelerator.Synchronize();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(object value) => GC.KeepAlive(value);

    /// <summary>What a user's class may do whose finaliser disposes of a model.</summary>
    private sealed class WantsTheDevice(GpuAccelerator accelerator, ManualResetEventSlim isFinalised)
    {
        ~WantsTheDevice()
        {
            lock (accelerator.Gate)
            {
                isFinalised.Set();
            }
        }
    }

    private readonly struct Throwing(GpuBuffer<float> y) : IGpuElementKernel
    {
        public void Run(int index)
        {
            y[index] = index > 5 ? throw new InvalidOperationException("not on a device") : 1f;
        }
    }
}
