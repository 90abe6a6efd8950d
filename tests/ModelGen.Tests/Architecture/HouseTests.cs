using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace ModelGen.Tests.Architecture;

/// <summary>Rules of the house that no analyzer knows.</summary>
public partial class HouseTests
{
    [Fact]
    public void NoFileIsLongerThanFiveHundredLines() =>
        Assert.DoesNotContain(Sources.Of("src").Concat(Sources.Of("tests").Where(file => !file.EndsWith(".verified.cs", System.StringComparison.Ordinal))), file => File.ReadLines(file).Count() > 500);

    [Fact]
    public void NoTypeIsAManagerAHelperOrAUtility()
    {
        foreach (string file in Sources.Of("src"))
        {
            Assert.DoesNotMatch(Vague(), File.ReadAllText(file));
        }
    }

    [GeneratedRegex(@"\b(class|struct|record|interface|enum) \w*(Manager|Helper|Util)\w*")]
    private static partial Regex Vague();
}
