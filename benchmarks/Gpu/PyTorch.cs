using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>PyTorch in a process of its own, <c>benchmarks/peers/pytorch/peer.py</c>, which measures a round of some work whenever it is asked to.</summary>
internal sealed class PyTorch : IDisposable
{
    private readonly Process process;

    private PyTorch(Process process, string version) => (this.process, Version) = (process, version);

    /// <summary>Gets PyTorch's version and device.</summary>
    public string Version { get; }

    /// <summary>Starts it, or gives null where there is no Python, no PyTorch or no such device.</summary>
    /// <param name="device">PyTorch's word for the device: <c>cpu</c>, <c>cuda:0</c>.</param>
    public static PyTorch? Start(string device)
    {
        var start = new ProcessStartInfo("python3", [Script(), device]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        try
        {
            Process process = Process.Start(start)!;
            return process.StandardOutput.ReadLine() is string version ? new PyTorch(process, version) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The seconds that it takes to do some work once.</summary>
    /// <param name="work">What the script calls it.</param>
    /// <param name="size">The batch, or the number of floats.</param>
    public double Seconds(string work, int size)
    {
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work} {size}"));
        process.StandardInput.Flush();
        string answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch's process has ended.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Script([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../peers/pytorch/peer.py"));
}
