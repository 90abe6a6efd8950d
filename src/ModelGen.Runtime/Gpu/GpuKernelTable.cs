using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>The kernels that a device has loaded, by <see cref="GpuKernel.Id"/>. Whoever calls holds the accelerator's gate.</summary>
internal sealed class GpuKernelTable(GpuAccelerator accelerator, GpuDriver driver)
{
    private Delegate?[] launchers = [];

    /// <summary>Gets the number of kernels.</summary>
    public int Count { get; private set; }

    /// <summary>What starts a kernel; compiles it where that has not been done.</summary>
    public Action<AcceleratorStream, KernelConfig, T> Launcher<T>(GpuKernel<T> kernel)
        where T : struct
    {
        if (Find(kernel) is not Delegate launcher)
        {
            Prepare([kernel], kernel.ToString());
            launcher = Find(kernel)!;
        }

        return Unsafe.As<Action<AcceleratorStream, KernelConfig, T>>(launcher);
    }

    /// <summary>Compiles what is missing.</summary>
    /// <remarks>
    /// C# becomes the device's language here, one kernel after another: ILGPU's compiler is not made for more, but works on a kernel with all
    /// processors. What the driver makes of that takes longer, and several kernels are loaded at once.
    /// </remarks>
    public void Prepare(IReadOnlyList<GpuKernel> needed, string name)
    {
        GpuKernel[] missing = [.. needed.Distinct().Where(kernel => Find(kernel) is null)];
        if (missing.Length == 0)
        {
            return;
        }

        Device.OnKernelsCompiling(name, accelerator.Name, 0, missing.Length);
        var loading = new List<Loading>(missing.Length);
        Exception? failure = null;
        try
        {
            foreach (GpuKernel kernel in missing)
            {
                loading.Add(Load(kernel, Compile(kernel, name)));
            }
        }
        catch (Exception error)
        {
            failure = error;
        }

        failure = Collect(loading, missing.Length, name) ?? failure;
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private Delegate? Find(GpuKernel kernel) => kernel.Id < launchers.Length ? launchers[kernel.Id] : null;

    private CompiledKernel Compile(GpuKernel kernel, string name)
    {
        try
        {
            return kernel.Compile(driver.Backend);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            driver.RenewBackend();
            throw GpuErrors.Compilation(accelerator, kernel, name, null, error);
        }
    }

    private Loading Load(GpuKernel kernel, CompiledKernel compiled) => new(kernel, compiled, Task.Run(() =>
    {
        accelerator.Fault?.Invoke(GpuCommand.Load);
        return kernel.CreateLauncher(driver.Accelerator.LoadKernel(compiled));
    }));

    /// <summary>Waits for all, whatever happens: those that are ready stay.</summary>
    /// <returns>What failed first, or null.</returns>
    private Exception? Collect(List<Loading> loading, int total, string name)
    {
        Array.Resize(ref launchers, Math.Max(launchers.Length, GpuKernel.Count));
        Exception? failure = null;
        for (int i = 0; i < loading.Count; i++)
        {
            try
            {
                launchers[loading[i].Kernel.Id] = loading[i].Launcher.GetAwaiter().GetResult();
                Count++;
            }
            catch (AcceleratorException error)
            {
                failure ??= Failure(loading[i], name, error);
            }
            catch (Exception error)
            {
                failure ??= error;
            }

            try
            {
                Device.OnKernelsCompiling(name, accelerator.Name, i + 1, total);
            }
            catch (Exception error)
            {
                failure ??= error;
            }
        }

        return failure;
    }

    /// <summary>A driver that rejects a program is one thing; one that has no memory for it, or no device any more, is another.</summary>
    private DeviceException Failure(in Loading loading, string name, AcceleratorException error) => driver.IsRejection(error)
        ? GpuErrors.Compilation(accelerator, loading.Kernel, name, driver.CompilerLog(loading.Compiled), error)
        : accelerator.Failure(error, $"loading the kernel '{loading.Kernel}' of {name}", 0);

    /// <summary>A kernel that the driver is at work on.</summary>
    private readonly record struct Loading(GpuKernel Kernel, CompiledKernel Compiled, Task<Delegate> Launcher);
}
