using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace ModelGen.Package.Tests;

/// <summary>The README shows what is so: its models compile and run, and its excerpt is what the build writes.</summary>
[Collection(nameof(Packed))]
public class ReadmeTests(PackedFixture packed)
{
    [Fact]
    public void ItsModelsCompileAndTheGeneratedCodeIsReal()
    {
        string[] blocks = CSharpBlocks(File.ReadAllText(Path.Combine(PackedFixture.Repository, "README.md")));
        Assert.Equal(4, blocks.Length);
        ConsumerProject consumer = packed.NewProject("Readme", withSources: false);
        consumer.Write("Program.cs", blocks[0]);
        consumer.Write("Regression.cs", blocks[1]);
        consumer.Write("OnAGpu.cs", $"using System;\nusing ModelGen;\n\ninternal static class OnAGpu\n{{\n    public static void Run()\n    {{\n{blocks[3]}    }}\n}}\n");
        consumer.Build("Debug", "-p:EmitCompilerGeneratedFiles=true");
        Assert.EndsWith("True, False", consumer.Run("Debug").TrimEnd(), StringComparison.Ordinal);

        string kernels = consumer.Generated("Debug", "CircleClassifier.Cpu.g.cs");
        Assert.True(
            WithoutIndentation(kernels).Contains(WithoutIndentation(blocks[2]), StringComparison.Ordinal),
            "The README's excerpt is not what the build writes now:\n" + kernels);
    }

    private static string[] CSharpBlocks(string markdown) =>
        [.. Regex.Matches(markdown.ReplaceLineEndings("\n"), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    private static string WithoutIndentation(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())).Trim();
}
