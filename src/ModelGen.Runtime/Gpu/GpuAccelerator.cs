using System;
using System.Collections.Generic;
using System.Threading;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A physical device, opened: there is one for each device and process, which all models share.</summary>
/// <remarks>
/// All commands go into one stream, which runs them in order; giving a command does not wait for it. Any thread may call: each method takes
/// <see cref="Gate"/>, and who needs several commands to follow each other holds it around them.
/// </remarks>
internal sealed partial class GpuAccelerator
{
    private readonly GpuDriver driver;
    private readonly GpuKernelTable kernels;
    private readonly GpuStaging staging = new();
    private Action<GpuCommand>? fault;
    private string? lost;

    public GpuAccelerator(GpuDriver driver, string name, DeviceKind kind, GpuCapabilities capabilities)
    {
        (this.driver, Name, Kind, Capabilities) = (driver, name, kind, capabilities);
        kernels = new GpuKernelTable(this, driver);
    }

    /// <summary>Gets what a call holds while it gives commands.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Gets the device's name.</summary>
    public string Name { get; }

    /// <summary>Gets how the device is spoken to.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Gets what decides between variants of kernels.</summary>
    public GpuCapabilities Capabilities { get; }

    /// <summary>Gets the number of parts that run thread groups on their own.</summary>
    public int Multiprocessors => Capabilities.Multiprocessors;

    /// <summary>Gets the number of kernels that have been started.</summary>
    public long Launches { get; private set; }

    /// <summary>Gets the number of kernels that have been compiled.</summary>
    public int Compiled => kernels.Count;

    /// <summary>Gets a value indicating whether the device has failed for good.</summary>
    public bool IsLost => lost is not null;

    /// <summary>Gets ILGPU's device: for tests, and for what only it can be asked.</summary>
    public Accelerator Accelerator => driver.Accelerator;

    /// <summary>Gets a value indicating whether all that use the device in this process share it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Gets or sets what tests let fail: called before every command, it may throw what a driver would.</summary>
    /// <exception cref="InvalidOperationException">The device is shared: commands of others would fail, too.</exception>
    internal Action<GpuCommand>? Fault
    {
        get => fault;
        set => fault = !IsShared ? value : throw new InvalidOperationException($"{Name} is shared: only a device of one's own may be broken.");
    }

    /// <summary>Compiles those of the kernels that the device does not have yet, side by side.</summary>
    /// <param name="needed">The kernels.</param>
    /// <param name="name">What they are for, in the user's words.</param>
    public void Prepare(IReadOnlyList<GpuKernel> needed, string name)
    {
        lock (Gate)
        {
            ThrowIfLost();
            kernels.Prepare(needed, name);
        }
    }

    /// <summary>Starts a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="groupsX">The number of thread groups along x.</param>
    /// <param name="groupsY">The number of thread groups along y.</param>
    /// <param name="threads">The number of threads in a group.</param>
    /// <param name="arguments">The kernel's arguments.</param>
    /// <typeparam name="T">The type of the arguments.</typeparam>
    public void Launch<T>(GpuKernel<T> kernel, int groupsX, int groupsY, int threads, in T arguments)
        where T : struct
    {
        lock (Gate)
        {
            ThrowIfLost();
            Action<AcceleratorStream, KernelConfig, T> start = kernels.Launcher(kernel);
            try
            {
                Fault?.Invoke(GpuCommand.Launch);
                start(driver.Accelerator.DefaultStream, new KernelConfig(new Index2D(groupsX, groupsY), new Index2D(threads, 1)), arguments);
            }
            catch (AcceleratorException error)
            {
                throw Failure(error, $"starting the kernel '{kernel}' with {groupsX} · {groupsY} groups of {threads} threads");
            }

            Launches++;
        }
    }

    /// <summary>Makes the device begin with what it has been given, without waiting.</summary>
    public void Flush()
    {
        lock (Gate)
        {
            ThrowIfLost();
            Try(GpuCommand.Wait, static driver => driver.Flush(), "starting work");
        }
    }

    /// <summary>Waits until the device has done all that it was given.</summary>
    public void Synchronize()
    {
        lock (Gate)
        {
            ThrowIfLost();
            Try(GpuCommand.Wait, static driver => driver.Accelerator.DefaultStream.Synchronize(), "waiting for the kernels before");
            staging.Reset();
        }
    }

    /// <summary>Waits after a failure, as far as the device lets itself be waited for: nothing copies from or to the caller's memory any more.</summary>
    public void Drain()
    {
        lock (Gate)
        {
            try
            {
                Fault?.Invoke(GpuCommand.Wait);
                driver.Accelerator.DefaultStream.Synchronize();
                staging.Reset();
            }
            catch (AcceleratorException)
            {
                // The failure that is being handled says more.
            }
        }
    }

    /// <summary>What the caller of a command that has just failed gets to see.</summary>
    /// <param name="error">What the driver said.</param>
    /// <param name="doing">What was tried, as it completes "… failed".</param>
    /// <param name="bytes">How much memory that needed: 0 where nobody knows, null for none.</param>
    internal DeviceException Failure(AcceleratorException error, string doing, long? bytes = null)
    {
        // OpenCL has one word for memory that is exhausted and for a kernel that broke the device: whoever asked for memory is told of the former.
        bool isLoss = driver.IsLoss(error);
        if (driver.IsOutOfMemory(error) && (bytes is not null || !isLoss))
        {
            return GpuErrors.OutOfMemory(this, doing, bytes ?? 0, FreeMemory(), error);
        }

        if (!isLoss)
        {
            return new DeviceException($"{Name}: {doing} failed ({driver.Word(error)}).", error);
        }

        lost = $"{Name} was lost while {doing} ({driver.Word(error)}). Its memory is gone and this process cannot use it again: "
            + "start anew from the last saved parameters. If it happens again, look for a driver update, for overheating, or for other "
            + "programs on the device.";
        return new DeviceLostException(lost, error);
    }

    private long? FreeMemory()
    {
        try
        {
            return driver.FreeMemory;
        }
        catch (AcceleratorException)
        {
            return null;
        }
    }

    internal void ThrowIfLost()
    {
        if (lost is not null)
        {
            throw new DeviceLostException(lost);
        }
    }

    private void Try(GpuCommand command, Action<GpuDriver> action, string doing)
    {
        try
        {
            Fault?.Invoke(command);
            action(driver);
        }
        catch (AcceleratorException error)
        {
            throw Failure(error, doing);
        }
    }
}

/// <summary>What may fail.</summary>
internal enum GpuCommand
{
    /// <summary>Allocating memory.</summary>
    Allocate,

    /// <summary>Loading a kernel.</summary>
    Load,

    /// <summary>Starting a kernel.</summary>
    Launch,

    /// <summary>Copying or clearing.</summary>
    Copy,

    /// <summary>Waiting.</summary>
    Wait,
}
