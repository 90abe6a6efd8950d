using System;
using System.Globalization;
using System.IO;
using ModelGen;

namespace Quickstart;

/// <summary>The command line.</summary>
/// <param name="DataFolder">The folder of the data.</param>
/// <param name="DeviceKind">cpu, cuda, opencl or best.</param>
/// <param name="DeviceIndex">Which of several devices of a kind.</param>
internal sealed record Arguments(string DataFolder, string DeviceKind, int DeviceIndex)
{
    public const string Usage = """
        Trains a small network on pictures of clothes, then saves, reloads and uses it.

          dotnet run -c Release --project samples/Quickstart [-- OPTION…]

          --device cpu           the processor; this is the default
          --device cuda [N]      NVIDIA's graphics processor number N (0 is the first)
          --device opencl [N]    OpenCL device number N
          --device best          a graphics processor if there is one, else the processor
          --data DIR             a folder with the four files of Fashion-MNIST (train-images-idx3-ubyte.gz, …);
                                 without it, the subset of 12,000 + 2,000 pictures that comes with the sample
        """;

    /// <summary>Reads the arguments of the program.</summary>
    /// <exception cref="ArgumentException">They make no sense, or there is no such folder.</exception>
    public static Arguments Read(ReadOnlySpan<string> arguments) => arguments switch
    {
        [] => new(Path.Combine(AppContext.BaseDirectory, "data"), "cpu", 0),
        ["--data", string folder, .. var rest] when Directory.Exists(folder) => Read(rest) with { DataFolder = folder },
        ["--data", string folder, ..] => throw new ArgumentException($"There is no folder '{folder}'."),
        ["--data"] => throw new ArgumentException("--data needs a folder."),
        ["--device", ("cuda" or "opencl") and string kind, string text, .. var rest] when Index(text) is int index =>
            Read(rest) with { DeviceKind = kind, DeviceIndex = index },
        ["--device", ("cpu" or "cuda" or "opencl" or "best") and string kind, .. var rest] => Read(rest) with { DeviceKind = kind },
        ["--device", ..] => throw new ArgumentException("--device needs cpu, cuda, opencl or best."),
        [string other, ..] => throw new ArgumentException($"'{other}' is not understood."),
    };

    /// <summary>Opens the device.</summary>
    /// <exception cref="DeviceException">There is no such device, or it cannot be used; the message says why.</exception>
    public Device OpenDevice() => DeviceKind switch
    {
        "cuda" => Device.Cuda(DeviceIndex),
        "opencl" => Device.OpenCl(DeviceIndex),
        "best" => Device.Best(),
        _ => Device.Cpu,
    };

    private static int? Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
}
