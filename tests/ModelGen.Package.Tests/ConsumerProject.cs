using System.IO;
using System.Runtime.InteropServices;

namespace ModelGen.Package.Tests;

/// <summary>A user's project that references the package <c>ModelGen</c> and nothing else.</summary>
internal sealed class ConsumerProject(string folder)
{
    /// <summary>Adds a file.</summary>
    public void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    /// <summary>Restores and builds.</summary>
    public void Build(string configuration, params string[] properties) =>
        Dotnet.Run(folder, ["build", "-c", configuration, "--disable-build-servers", "--nologo", "-v", "q", "-m:1", .. properties]);

    /// <summary>Runs what was built.</summary>
    public string Run(string configuration, params string[] arguments) =>
        Dotnet.Run(folder, ["exec", Path.Combine("bin", configuration, "net10.0", "Consumer.dll"), .. arguments]);

    /// <summary>Publishes for this machine.</summary>
    /// <returns>The folder.</returns>
    public string Publish(params string[] properties)
    {
        string published = Path.Combine(folder, "published");
        Dotnet.Run(
            folder,
            ["publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", published, "--disable-build-servers", "--nologo", "-v", "q", "-m:1", .. properties]);
        return published;
    }

    /// <summary>A file that the generator wrote.</summary>
    public string Generated(string configuration, string file) =>
        File.ReadAllText(Path.Combine(folder, "obj", configuration, "net10.0", "generated", "ModelGen", "ModelGen.ModelGenerator", file));
}
