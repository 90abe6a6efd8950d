using System.IO;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ModelGen.Tests.Architecture;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Documentation;

/// <summary>Keeps <c>docs/text.md</c> true: its code compiles.</summary>
public sealed class TextPageTests
{
    [Fact]
    public void ItsCodeCompiles()
    {
        string page = File.ReadAllText(Path.Combine(Sources.Root, "docs", "text.md"));
        string block = Regex.Match(page, "<!-- code -->\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains("Vocabulary.Build", block, System.StringComparison.Ordinal);
        Built built = Build.Run(Build.Usings + $$"""
            public static class Page
            {
                public static void Read(string text, float[] scores)
                {
            {{block}}
                }
            }
            """);
        Assert.DoesNotContain(built.Csharp, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
