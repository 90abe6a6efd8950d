using System.Collections.Generic;
using System.Linq;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Diagnostics;

/// <summary>Every mistake is reported under its own id, on the text that is wrong, and without complaints of the C# compiler about missing bodies.</summary>
public class PlaceTests
{
    public static IEnumerable<object[]> All() => Broken.Cases().Select(entry => new object[] { entry.Id, entry.Source });

    [Theory]
    [MemberData(nameof(All))]
    public void Underlines(string id, string marked)
    {
        string source = Build.Usings + marked;
        string expected = id + " '" + source[(source.IndexOf('«') + 1)..source.IndexOf('»')] + "'";
        Built built = Build.Run(source.Replace("«", "").Replace("»", ""));
        Assert.Contains(expected, built.Underlined());
        Assert.DoesNotContain(built.Reported, diagnostic => diagnostic.Id == "MG0099" || diagnostic.Id.StartsWith("CS", System.StringComparison.Ordinal));
        Assert.DoesNotContain(built.Csharp, diagnostic => diagnostic.Id is "CS8795" or "CS9248");
        Assert.False(built.CsharpProblems().Any(problem => problem.Contains(".g.cs")), string.Join('\n', built.CsharpProblems()));
        Assert.All(built.Reported, diagnostic => Assert.NotNull(diagnostic.Location.SourceTree));
    }
}
