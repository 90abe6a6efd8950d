using System;
using ModelGen.Diagnostics;

namespace ModelGen.Passes.Build;

/// <summary>Ends the reading of a statement that cannot be compiled; the next statement is still read.</summary>
internal sealed class BuildException(DiagnosticSpec diagnostic) : Exception(diagnostic.Id)
{
    public DiagnosticSpec Diagnostic { get; } = diagnostic;
}

/// <summary>Says that a loop's variable is needed as a constant, so that the loop has to be unrolled.</summary>
internal sealed class NeedsConstantException : Exception;
