using System;
using System.Linq;
using System.Threading;
using ModelGen.Tests.Harness;

namespace ModelGen.Tests.Passes;

/// <summary>What every pass makes of a model, in the words of the graph printer.</summary>
internal sealed class Traced
{
    private readonly string text;

    private Traced(string text) => this.text = text;

    /// <summary>Compiles the first model of a source, verified after every pass.</summary>
    public static Traced Model(string source)
    {
        CompiledModel compiled = Compiler.Compile(SpecReader.Read(source).Spec, new CompilerOptions(Trace: true, Verify: true), CancellationToken.None);
        return new Traced(string.Join('\n', compiled.Files.Single(file => file.Name.EndsWith(".Trace.g.cs", StringComparison.Ordinal)).Text.Split('\n').Select(line => line.Length > 3 ? line[3..] : string.Empty)));
    }

    /// <summary>The kernels for processors of the first model of a source.</summary>
    public static string Cpu(string source) =>
        Compiler.Compile(SpecReader.Read(source).Spec, new CompilerOptions(Trace: false, Verify: true), CancellationToken.None).Files.Single(file => file.Name.EndsWith(".Cpu.g.cs", StringComparison.Ordinal)).Text;

    /// <summary>The graph after a pass of an entry, without the comments behind the nodes: <c>After("Predict", "Lower")</c>.</summary>
    /// <param name="run">Which run of a pass that runs several times; the last unless said.</param>
    public string After(string entry, string pass, int? run = null)
    {
        string[] sections = [.. text.Split("\n---- ").Skip(1).Where(section => section.StartsWith($"{entry}: after {pass}\n", StringComparison.Ordinal))];
        string[] lines = sections[run ?? sections.Length - 1].Split('\n');
        return string.Join('\n', lines.Skip(1).Select(line => line.Split("    //")[0].TrimEnd()).Where(line => line.Length > 0));
    }
}
