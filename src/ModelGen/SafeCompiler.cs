using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>Calls the compiler for classes without errors, and turns a fault of the compiler itself into a diagnostic on the class.</summary>
internal static class SafeCompiler
{
    public static CompiledSpec Compile((ModelSpec Spec, CompilerOptions Options) input, CancellationToken cancellation) =>
        Guard(input.Spec, () => input.Spec.HasErrors ? new CompiledModel([], []) : Compiler.Compile(input.Spec, input.Options, cancellation));

    public static CompiledSpec Guard(ModelSpec spec, Func<CompiledModel> compile)
    {
        try
        {
            return new CompiledSpec(spec.Key, compile());
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            string text = fault.GetType().Name + ": " + fault.Message.Replace("\r", "").Replace('\n', ' ') + Frames(fault);
            return new CompiledSpec(
                spec.Key,
                new CompiledModel([], [DiagnosticSpec.Of(DiagnosticCatalog.CompilerFault, spec.Type.Place, spec.Type.Name, text)]));
        }
    }

    /// <summary>The innermost methods of the fault, which a report of it needs.</summary>
    private static string Frames(Exception fault) => string.Concat(
        new StackTrace(fault).GetFrames().Take(6).Select(frame => frame.GetMethod()).Select(method => $" ← {method?.DeclaringType?.Name}.{method?.Name}"));

    public static DescribedModel Describe(ModelSpec spec, CancellationToken cancellation)
    {
        ModelFacts? facts = FactsOf(spec, cancellation);
        return new DescribedModel(DescribeSurface.Of(spec, facts), DescribeSurface.Parameters(spec, facts));
    }

    public static SurfaceSpec DescribeModule(ModelSpec spec, CancellationToken cancellation) =>
        DescribeSurface.Of(spec, spec.HasErrors ? null : new ModelFacts("", 0, [], []));

    private static ModelFacts? FactsOf(ModelSpec spec, CancellationToken cancellation)
    {
        try
        {
            return spec.HasErrors ? null : Compiler.Describe(spec, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>What the public part of a model and its description are written from.</summary>
internal sealed record DescribedModel(SurfaceSpec Surface, ParametersSpec Parameters);

/// <summary>A model's compilation with its key, by which its diagnostics find their places.</summary>
internal sealed record CompiledSpec(string Key, CompiledModel Result);
