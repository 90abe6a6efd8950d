using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelGen.Models.Tests.Compiling;

/// <summary>A project's options, with <c>ModelGenTrace</c> on or off; the graph after each pass and the finished programs are always checked.</summary>
internal sealed class TraceOptions(bool trace) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(trace);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options(bool trace) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = (key == "build_property.ModelGenTrace" && trace) || key == "build_property.ModelGenVerify" ? "true" : null;
            return value is not null;
        }
    }
}
