using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.FrontEnd;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Diagnostics;

/// <summary>"Can be static" and "is unused" are not said of the methods that ModelGen compiles.</summary>
public class SuppressorTests
{
    [Fact]
    public async Task EntriesAndLayersAreSuppressedAndOthersAreNot()
    {
        Compilation compilation = Build.Compilation(Build.Usings + """
            [Model] public sealed partial class Net
            {
                [Dense(2)] private partial Tensor Fc1(Tensor x);
                [Forward] private Tensor Predict([Shape(2)] Tensor x) => x;
                [Loss] private Tensor Loss(Tensor predict) => Sum(predict);
                private Tensor Helper(Tensor x) => x;
            }

            [Module] internal sealed partial class Block;
            """);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new EveryMethod(), new EntrySuppressor()],
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, true, false, reportSuppressedDiagnostics: true));
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerDiagnosticsAsync(default);
        Assert.Equal(
            ["CA1812 Block True", "CA1812 Net False", "CA1822 Fc1 True", "CA1822 Helper False", "CA1822 Loss True", "CA1822 Predict True", "IDE0051 Fc1 True", "IDE0051 Helper False", "IDE0051 Loss True", "IDE0051 Predict True"],
            found.Select(diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage()} {diagnostic.IsSuppressed}").Order());
    }


    /// <summary>Stands for the SDK's analyzers: complains of every method.</summary>
#pragma warning disable RS1029, RS1036, RS1038, RS1041, RS2008 // An analyzer for this test alone.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class EveryMethod : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Static = new("CA1822", "", "{0}", "", DiagnosticSeverity.Warning, true);
        private static readonly DiagnosticDescriptor NeverMade = new("CA1812", "", "{0}", "", DiagnosticSeverity.Warning, true);
        private static readonly DiagnosticDescriptor Unused = new("IDE0051", "", "{0}", "", DiagnosticSeverity.Warning, true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Static, Unused, NeverMade];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(Report, SymbolKind.Method);
            context.RegisterSymbolAction(
                type => type.ReportDiagnostic(Diagnostic.Create(NeverMade, type.Symbol.Locations[0], type.Symbol.Name)), SymbolKind.NamedType);
        }

        private static void Report(SymbolAnalysisContext context)
        {
            context.ReportDiagnostic(Diagnostic.Create(Static, context.Symbol.Locations[0], context.Symbol.Name));
            context.ReportDiagnostic(Diagnostic.Create(Unused, context.Symbol.Locations[0], context.Symbol.Name));
        }
    }
}
