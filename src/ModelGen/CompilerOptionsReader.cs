using System;
using System.Threading;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelGen;

/// <summary>Reads the properties of the user's project that <c>build/ModelGen.props</c> makes visible.</summary>
internal static class CompilerOptionsReader
{
    public static CompilerOptions Read(AnalyzerConfigOptionsProvider provider, CancellationToken cancellation) =>
        new(IsTrue(provider, "ModelGenTrace"), IsTrue(provider, "ModelGenVerify"));

    private static bool IsTrue(AnalyzerConfigOptionsProvider provider, string property) =>
        provider.GlobalOptions.TryGetValue("build_property." + property, out string? value)
            && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
