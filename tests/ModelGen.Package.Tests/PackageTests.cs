using System.IO;
using System.IO.Compression;
using System.Linq;
using Xunit;

namespace ModelGen.Package.Tests;

/// <summary>What lies in the packages.</summary>
[Collection(nameof(Packed))]
public class PackageTests(PackedFixture packed)
{
    [Fact]
    public void TheGeneratorPackageCarriesTheAnalyzerAndTheBuildFilesAndNeedsTheRuntime()
    {
        using ZipArchive package = ZipFile.OpenRead(packed.PackageOf("ModelGen"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("analyzers/dotnet/cs/ModelGen.dll", files);
        Assert.Contains("build/ModelGen.props", files);
        Assert.Contains("build/ModelGen.targets", files);
        Assert.Contains("README.md", files);
        Assert.DoesNotContain(files, file => file.StartsWith("lib/", System.StringComparison.Ordinal) && file.EndsWith(".dll", System.StringComparison.Ordinal));
        Assert.Contains($"<dependency id=\"ModelGen.Runtime\" version=\"{PackedFixture.Version}\" />", Nuspec(package, "ModelGen"));
    }

    [Fact]
    public void TheRuntimePackageCarriesItsDocumentationAndNeedsIlgpuOnly()
    {
        using ZipArchive package = ZipFile.OpenRead(packed.PackageOf("ModelGen.Runtime"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("lib/net10.0/ModelGen.Runtime.dll", files);
        Assert.Contains("lib/net10.0/ModelGen.Runtime.xml", files);
        Assert.Contains("README.md", files);
        string nuspec = Nuspec(package, "ModelGen.Runtime");
        Assert.Equal(1, nuspec.Split("<dependency ").Length - 1);
        Assert.Contains("<dependency id=\"ILGPU\" ", nuspec);
    }

    [Fact]
    public void TheTokenizersPackageCarriesItsDocumentationAndNeedsTheRuntimeAndWhatItWraps()
    {
        using ZipArchive package = ZipFile.OpenRead(packed.PackageOf("ModelGen.Tokenizers"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("lib/net10.0/ModelGen.Tokenizers.dll", files);
        Assert.Contains("lib/net10.0/ModelGen.Tokenizers.xml", files);
        Assert.Contains("README.md", files);
        string nuspec = Nuspec(package, "ModelGen.Tokenizers");
        Assert.Equal(2, nuspec.Split("<dependency ").Length - 1);
        Assert.Contains($"<dependency id=\"ModelGen.Runtime\" version=\"{PackedFixture.Version}\" ", nuspec);
        Assert.Contains("<dependency id=\"Microsoft.ML.Tokenizers\" ", nuspec);
    }

    private static string Nuspec(ZipArchive package, string id)
    {
        using var reader = new StreamReader(package.GetEntry(id + ".nuspec")!.Open());
        return reader.ReadToEnd();
    }
}
