using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace ModelGen.Benchmarks.Compare;

/// <summary>How the sides are started. Peers are built first, each from its own project, as their packages are none of the solution's.</summary>
internal sealed class SideStarts
{
    private static readonly string[] PeerNames = ["torchsharp", "onnxruntime"];
    private readonly Dictionary<string, Func<ProcessStartInfo>> peers = [];

    /// <summary>Builds the peers and finds out how each can run: by itself, or, where the machine's C library is too old for it, in the Debian 13 root.</summary>
    /// <param name="output">Receives who takes part, and who cannot.</param>
    public SideStarts(TextWriter output)
    {
        foreach (string name in PeerNames)
        {
            string library = Build(name);
            Func<ProcessStartInfo>[] ways = [() => Dotnet(library), () => new ProcessStartInfo(Path.Combine(Checkout, "eng", "debian13"), ["dotnet", library])];
            foreach (Func<ProcessStartInfo> way in ways)
            {
                using Side? side = TryStart(name, way());
                if (side is not null)
                {
                    output.WriteLine($"{name}: {side.Greeting}");
                    peers.Add(name, way);
                    break;
                }
            }

            if (!peers.ContainsKey(name))
            {
                output.WriteLine($"{name}: cannot run here; try `dotnet {library}` and `eng/debian13 dotnet {library}`");
            }
        }
    }

    /// <summary>Gets the peers that can run.</summary>
    public IEnumerable<string> Peers => peers.Keys;

    private static string Checkout { get; } = FindCheckout();

    /// <summary>Our own side, in a process of its own.</summary>
    public static Side StartOurs(string name) =>
        Side.Start(name, Dotnet(typeof(SideStarts).Assembly.Location, "side")) ?? throw new IOException("Our own side does not start.");

    /// <summary>A peer's process.</summary>
    /// <param name="name">The peer.</param>
    /// <param name="keepsMemory">Whether its C library keeps what was freed, so that no page is taken from the system again while it is timed.</param>
    public Side StartPeer(string name, bool keepsMemory)
    {
        ProcessStartInfo start = peers[name]();
        if (keepsMemory)
        {
            start.Environment["MALLOC_TRIM_THRESHOLD_"] = start.Environment["MALLOC_TOP_PAD_"] = "2147483648";
            start.Environment["MALLOC_MMAP_MAX_"] = "0";
        }

        return Side.Start(name, start) ?? throw new IOException($"{name} does not start any more.");
    }

    private static Side? TryStart(string name, ProcessStartInfo start)
    {
        try
        {
            return Side.Start(name, start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Build(string name)
    {
        string folder = Path.Combine(Checkout, "benchmarks", "peers", name);
        var start = new ProcessStartInfo("dotnet", ["build", "-c", "Release", "--nologo", "-v", "quiet", folder]) { RedirectStandardOutput = true };
        using Process build = Process.Start(start)!;
        string text = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 ? Path.Combine(folder, "bin", "Release", "net10.0", name + "-peer.dll") : throw new IOException($"{name} cannot be built:\n{text}");
    }

    private static ProcessStartInfo Dotnet(params string[] arguments) => new("dotnet", arguments);

    private static string FindCheckout()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ModelGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new IOException("The peers are built from a checkout; this program is not in one.");
    }
}
