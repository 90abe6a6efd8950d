using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Where the drivers' libraries are found.</summary>
/// <remarks>
/// ILGPU loads <c>libOpenCL.so</c>, a name that only packages for developers bring: what a driver installs is <c>libOpenCL.so.1</c>. Without
/// help its devices would be missing without a word. The same goes for <c>libcuda.so</c>. Must come before ILGPU's first look for devices.
/// </remarks>
internal static class GpuLibraries
{
    private const string OnWindowsSubsystem = "/usr/lib/wsl/lib/libcuda.so.1";
    private static int registered;

    public static void Register()
    {
        if (Interlocked.Exchange(ref registered, 1) != 0 || !OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // The program has its own way to find them.
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        "OpenCL" => FirstOf("libOpenCL.so.1", "libOpenCL.so"),
        "cuda" => FirstOf("libcuda.so.1", "libcuda.so", OnWindowsSubsystem),
        _ => 0,
    };

    private static nint FirstOf(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return library;
            }
        }

        return 0;
    }
}
