using System;
using System.IO;
using System.Linq;
using Xunit;

namespace ModelGen.Package.Tests;

/// <summary>A test that publishes ahead of time, which takes a linker: skipped where there is none, unless <c>MODELGEN_REQUIRE_AOT=1</c>.</summary>
public sealed class NativeAotFactAttribute : FactAttribute
{
    private static readonly string[] Linkers = ["clang", "gcc"];

    /// <summary>Initializes a new instance of the <see cref="NativeAotFactAttribute"/> class.</summary>
    public NativeAotFactAttribute() => Skip = IsRequired || OperatingSystem.IsWindows() || HasLinker() ? null : "There is neither clang nor gcc here, which NativeAOT links with.";

    private static bool IsRequired => Environment.GetEnvironmentVariable("MODELGEN_REQUIRE_AOT") == "1";

    private static bool HasLinker() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => Linkers.Any(linker => File.Exists(Path.Combine(folder, linker))));
}
