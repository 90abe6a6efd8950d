using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelGen.Diagnostics;
using Xunit;

namespace ModelGen.Tests.Diagnostics;

/// <summary>The catalog, its pages and its tests are complete.</summary>
public class CatalogTests
{
    /// <summary>Reported by the compiler's stages behind the front end, and tested there.</summary>
    private static readonly string[] OfLaterStages = ["MG0020", "MG0021", "MG0022", "MG0023", "MG0024", "MG0025", "MG0026", "MG0031", "MG0032"];

    /// <summary>Not to be had from a single source: tested in <see cref="OtherDiagnosticsTests"/>.</summary>
    private static readonly string[] TestedApart = [DiagnosticCatalog.ForeignModule, DiagnosticCatalog.CompilerFault];

    public static IEnumerable<object[]> Ids() => DiagnosticCatalog.All.Keys.Select(id => new object[] { id });

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryIdHasAPage(string id)
    {
        string page = File.ReadAllText(Path.Combine(Repository(), DiagnosticCatalog.All[id].HelpLinkUri));
        Assert.StartsWith($"# {id}: {DiagnosticCatalog.All[id].Title}\n", page);
        Assert.Contains("## Example", page);
        Assert.Contains("## Fix", page);
    }

    [Fact]
    public void EveryIdHasATest()
    {
        IEnumerable<string> tested = Broken.Cases().Select(entry => entry.Id).Concat(OfLaterStages).Concat(TestedApart);
        Assert.Empty(DiagnosticCatalog.All.Keys.Except(tested));
    }

    [Fact]
    public void EveryPageHasAnId() => Assert.Empty(
        Directory.GetFiles(Path.Combine(Repository(), "docs", "diagnostics"), "MG*.md").Select(Path.GetFileNameWithoutExtension).Except(DiagnosticCatalog.All.Keys));

    private static string Repository()
    {
        string? folder = System.AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "ModelGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}
