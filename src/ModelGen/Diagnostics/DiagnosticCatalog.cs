using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelGen.Diagnostics;

/// <summary>Every diagnostic of ModelGen: a line each, and a page of the same name in <c>docs/diagnostics</c>.</summary>
internal static class DiagnosticCatalog
{
    public const string NotPartial = "MG0001";
    public const string NestedInGeneric = "MG0002";
    public const string BadAttributeArgument = "MG0003";
    public const string MissingShape = "MG0004";
    public const string UnknownForward = "MG0005";
    public const string UnusedLayer = "MG0006";
    public const string HidesWord = "MG0007";
    public const string NameClash = "MG0008";
    public const string StackInTwoParts = "MG0009";
    public const string UnsupportedSyntax = "MG0010";
    public const string UnknownWord = "MG0011";
    public const string NotConstant = "MG0012";
    public const string TensorCondition = "MG0013";
    public const string RecursiveCall = "MG0014";
    public const string WrongReturnType = "MG0015";
    public const string ForeignModule = "MG0016";
    public const string BadStack = "MG0017";
    public const string BadDimension = "MG0018";
    public const string NotExecutable = "MG0019";
    public const string ShapeMismatch = "MG0020";
    public const string LayerWithTwoSizes = "MG0021";
    public const string LoopChangesShape = "MG0022";
    public const string AxisOutOfRange = "MG0023";
    public const string NotDifferentiable = "MG0024";
    public const string LossNotScalar = "MG0025";
    public const string WrongElementType = "MG0026";
    public const string CompilerFault = "MG0099";

    public static ImmutableDictionary<string, DiagnosticDescriptor> All { get; } = new Dictionary<string, DiagnosticDescriptor>
    {
        [NotPartial] = Error(NotPartial, "The class is not partial", "'{0}' must be partial, and so must the types that contain it: add 'partial'"),
        [ShapeMismatch] = Error(ShapeMismatch, "Shapes do not fit", "{0}"),
    }.ToImmutableDictionary();

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "ModelGen", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
