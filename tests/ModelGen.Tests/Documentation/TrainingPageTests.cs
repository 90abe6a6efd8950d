extern alias Runtime;

using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ModelGen.Tests.Architecture;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Documentation;

/// <summary>Keeps <c>docs/training.md</c> true: its code compiles, and every optimizer and schedule is on it.</summary>
public sealed class TrainingPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Sources.Root, "docs", "training.md"));

    [Fact]
    public void ItsCodeCompiles()
    {
        string[] blocks = [.. Regex.Matches(Page, "<!-- code -->\n```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        Assert.Equal(4, blocks.Length);
        Built built = Build.Run(Build.Usings + $$"""
            [Model, Input("batch", 2), Dense(1), BinaryCrossEntropy]
            public sealed partial class Net;

            public static class Page
            {
                public static void Read(Net model, Dataset data, Dataset held)
                {
            {{string.Concat(blocks)}}
                }
            }
            """);
        Assert.Empty(built.Reported);
        Assert.DoesNotContain(built.Csharp, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void ItNamesEveryOptimizerAndSchedule()
    {
        string[] names =
        [
            .. typeof(Runtime::ModelGen.Model).Assembly.GetExportedTypes()
                .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(Runtime::ModelGen.Optimizer)) || type.IsAssignableTo(typeof(Runtime::ModelGen.ISchedule))))
                .Select(type => type.Name),
        ];
        Assert.Equal(15, names.Length);
        Assert.All(names, name => Assert.Matches(new Regex($@"^\|.*`{name}\b.*\|", RegexOptions.Multiline), Page));
    }
}
