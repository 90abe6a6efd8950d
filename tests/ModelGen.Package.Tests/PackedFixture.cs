using System;
using System.IO;
using System.Linq;

namespace ModelGen.Package.Tests;

/// <summary>The packages in a local feed, and a folder outside the repository for projects that use them.</summary>
public sealed class PackedFixture : IDisposable
{
    /// <summary>A version that no other feed has.</summary>
    public const string Version = "0.0.0-consumed";

    private readonly string folder = Directory.CreateTempSubdirectory("modelgen-packages-").FullName;

    /// <summary>Packs their projects; what that builds stays outside the repository, too.</summary>
    public PackedFixture()
    {
        foreach (string project in (string[])["ModelGen.Runtime", "ModelGen", "ModelGen.Tokenizers"])
        {
            Dotnet.Run(
                Repository, "pack", $"src/{project}", "-c", "Release", "-o", Feed, "--artifacts-path", Path.Combine(folder, "artifacts"),
                $"-p:Version={Version}", "--disable-build-servers", "--nologo", "-v", "q", "-m:1");
        }
    }

    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The local feed.</summary>
    public string Feed => Path.Combine(folder, "feed");

    /// <summary>The packed file of a project.</summary>
    public string PackageOf(string project) => Path.Combine(Feed, $"{project}.{Version}.nupkg");

    /// <summary>A new folder with the consumer's project file, and its sources where they are asked for.</summary>
    internal ConsumerProject NewProject(string name, bool withSources)
    {
        string path = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Consumer")).Where(file => withSources || Path.GetExtension(file) != ".cs"))
        {
            File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
        }

        return new ConsumerProject(path);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ModelGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("These tests pack the repository that they lie in, and it is not there.");
    }
}
