using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace ModelGen.Benchmarks.Compare;

/// <summary>How the sides are started. Peers in C# are built first, each from its own project, as their packages are none of the solution's; PyTorch's are a script.</summary>
internal sealed class SideStarts
{
    private readonly Dictionary<string, string[]> peers = [];

    /// <summary>Finds out how each peer can run: by itself, or, where the machine's C library is too old for it or it is not there, in the Debian 13 root.</summary>
    /// <param name="output">Receives who takes part, and who cannot.</param>
    /// <param name="names">The peers that are wanted.</param>
    public SideStarts(TextWriter output, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            string[][] ways = Ways(name);
            foreach (string[] way in ways)
            {
                using Side? side = TryStart(name, Start(way));
                if (side is not null)
                {
                    output.WriteLine($"{name}: {side.Greeting}");
                    peers.Add(name, way);
                    break;
                }
            }

            if (!peers.ContainsKey(name))
            {
                output.WriteLine($"{name}: cannot run here; try `{string.Join("` and `", ways.Select(way => string.Join(' ', way)))}`");
            }
        }
    }

    /// <summary>Gets all peers that there are.</summary>
    public static ImmutableArray<string> Names { get; } = ["torchsharp", "onnxruntime", "pytorch", "torch.compile"];

    /// <summary>Gets the peers that can run.</summary>
    public IEnumerable<string> Peers => peers.Keys;

    private static string Checkout { get; } = FindCheckout();

    /// <summary>Our own side, in a process of its own.</summary>
    public static Side StartOurs(string name) =>
        Side.Start(name, Start(["dotnet", typeof(SideStarts).Assembly.Location, "side"])) ?? throw new IOException("Our own side does not start.");

    /// <summary>A peer's process.</summary>
    /// <param name="name">The peer.</param>
    /// <param name="keepsMemory">Whether its C library keeps what was freed, so that no page is taken from the system again while it is timed.</param>
    public Side StartPeer(string name, bool keepsMemory)
    {
        ProcessStartInfo start = Start(peers[name]);
        if (keepsMemory)
        {
            start.Environment["MALLOC_TRIM_THRESHOLD_"] = start.Environment["MALLOC_TOP_PAD_"] = "2147483648";
            start.Environment["MALLOC_MMAP_MAX_"] = "0";
        }

        return Side.Start(name, start) ?? throw new IOException($"{name} does not start any more.");
    }

    /// <summary>The commands that may start a peer; the first that can is taken.</summary>
    private static string[][] Ways(string name)
    {
        switch (name)
        {
            case "pytorch" or "torch.compile":
                string[] script = [InCheckout("benchmarks", "peers", "pytorch", "side.py"), name == "pytorch" ? "eager" : "compiled"];
                return [["python3", .. script], [InCheckout("eng", "pytorch"), .. script]];
            default:
                string library = Build(name);
                return [["dotnet", library], [InCheckout("eng", "debian13"), "dotnet", library]];
        }
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
        string folder = InCheckout("benchmarks", "peers", name);
        var start = new ProcessStartInfo("dotnet", ["build", "-c", "Release", "--nologo", "-v", "quiet", folder]) { RedirectStandardOutput = true };
        using Process build = Process.Start(start)!;
        string text = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 ? Path.Combine(folder, "bin", "Release", "net10.0", name + "-peer.dll") : throw new IOException($"{name} cannot be built:\n{text}");
    }

    private static ProcessStartInfo Start(string[] command) => new(command[0], command[1..]);

    private static string InCheckout(params string[] parts) => Path.Combine([Checkout, .. parts]);

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
