using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
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
        var loading = new List<Task<Delegate>>(missing.Length);
        try
        {
            foreach (GpuKernel kernel in missing)
            {
                loading.Add(Load(kernel, Compile(kernel, name), name));
            }
        }
        finally
        {
            Collect(missing, loading, name);
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

    private Task<Delegate> Load(GpuKernel kernel, CompiledKernel compiled, string name) => Task.Run(() =>
    {
        try
        {
            accelerator.Fault?.Invoke(GpuCommand.Load);
            return kernel.CreateLauncher(driver.Accelerator.LoadKernel(compiled));
        }
        catch (AcceleratorException error)
        {
            throw GpuErrors.Compilation(accelerator, kernel, name, driver.CompilerLog(compiled), error);
        }
    });

    private void Collect(GpuKernel[] missing, List<Task<Delegate>> loading, string name)
    {
        Array.Resize(ref launchers, Math.Max(launchers.Length, GpuKernel.Count));
        Exception? failure = null;
        for (int i = 0; i < loading.Count; i++)
        {
            try
            {
                launchers[missing[i].Id] = loading[i].GetAwaiter().GetResult();
                Count++;
            }
            catch (KernelCompilationException error)
            {
                failure ??= error;
            }

            Device.OnKernelsCompiling(name, accelerator.Name, i + 1, missing.Length);
        }

        if (failure is not null)
        {
            throw failure;
        }
    }
}
