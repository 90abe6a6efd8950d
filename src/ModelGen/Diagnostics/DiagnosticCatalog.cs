using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelGen.Diagnostics;

/// <summary>Every diagnostic of ModelGen: an entry each, and a page of the same name in <c>docs/diagnostics</c>.</summary>
/// <remarks>Messages say what is wrong in the user's words and end with the fix. <c>{0}</c> alone means that the pass that reports writes the whole sentence.</remarks>
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
    public const string HasBaseClass = "MG0027";
    public const string WrongKindOfClass = "MG0028";
    public const string WrongMember = "MG0029";
    public const string WrongParameterType = "MG0030";
    public const string BadArgument = "MG0031";
    public const string TooManyTensors = "MG0032";
    public const string WrongStep = "MG0033";
    public const string StateNeverAssigned = "MG0034";
    public const string CompilerFault = "MG0099";

    private static readonly DiagnosticDescriptor[] Descriptors =
    [
        Error(NotPartial, "The class is not partial", "'{0}' must be partial, and so must the types that contain it: add 'partial'"),
        Error(NestedInGeneric, "A model lies in a generic type", "'{0}' is generic or lies within a generic type: a model has one set of sizes, so move it out and drop the type parameters"),
        Error(BadAttributeArgument, "A wrong attribute argument", "[{0}]: {1}"),
        Error(MissingShape, "An input has no shape", "'{0}' is an input of '{1}' and needs a shape: write [Shape(\"batch\", …)] before it, a number or a name per dimension"),
        Error(UnknownForward, "A loss parameter names no forward method", "'{0}' has no [Shape], and no [Forward] method gives it: {1}"),
        Warning(UnusedLayer, "A member is never used", "'{0}' is never used, so it is neither trained nor saved: call it in a [Forward] or [Loss] method, or remove it"),
        Error(HidesWord, "A member hides a word", "'{0}' hides the word '{0}' of ModelGen.Functional within this class: give it another name, such as '{1}'"),
        Error(NameClash, "A name clash with a generated member", "'{0}' clashes with {1}: give it another name"),
        Error(StackInTwoParts, "A stack is spread over several parts", "the layers of '{0}' stand on several partial parts, which have no order: put all of its attributes on one part"),
        Error(UnsupportedSyntax, "This C# cannot be compiled to kernels", "{0} cannot be compiled: {1}"),
        Error(UnknownWord, "An unknown word", "'{0}' is neither a word of ModelGen.Functional nor a layer, module or method that the build can read: {1}"),
        Error(NotConstant, "A value is not known at build time", "'{0}' must be known at build time: {1}"),
        Error(TensorCondition, "A condition on a tensor", "'{0}' depends on a tensor's values, and the code is the same for all values: {1}"),
        Error(RecursiveCall, "A call leads back to itself", "'{0}' leads back to itself ({1}): the build reads calls in place, so use a for loop or [Repeat] instead"),
        Error(WrongReturnType, "A method returns no tensor", "'{0}' returns {1}: return {2}"),
        Error(ForeignModule, "Source in another assembly", "'{0}' is defined in another assembly, where the build cannot read its source: move it into this project"),
        Error(BadStack, "A stack is incomplete", "the stack '{0}' {1}"),
        Error(BadDimension, "A dimension cannot be read", "{0} is no dimension: {1}"),
        Error(NotExecutable, "A class with nothing to compile", "'{0}' has no [Forward] {1}"),
        Error(ShapeMismatch, "Shapes do not fit", "{0}"),
        Error(LayerWithTwoSizes, "A layer is used with two different sizes", "{0}"),
        Error(LoopChangesShape, "A loop changes a shape", "{0}"),
        Error(AxisOutOfRange, "An axis does not exist", "{0}"),
        Error(NotDifferentiable, "A value has no gradient", "{0}"),
        Error(LossNotScalar, "A loss is not one number", "{0}"),
        Error(WrongElementType, "A tensor has the wrong element type", "{0}"),
        Error(HasBaseClass, "A model has a base class of its own", "'{0}' derives from '{1}', but it becomes {2}: remove the base class; interfaces are fine"),
        Error(WrongKindOfClass, "This kind of class cannot be a model", "'{0}' is {1}: write an ordinary 'partial class'"),
        Error(WrongMember, "An attribute on a member that it does not fit", "[{0}] on '{1}': {2}"),
        Error(WrongParameterType, "A parameter is no tensor", "'{0}' is of type {1}: {2}"),
        Error(BadArgument, "An argument of a word is out of range", "{0}"),
        Error(TooManyTensors, "A method has too many tensors", "'{0}' has {1} {2}; what a model runs has at most {3}: {4}"),
        Error(WrongStep, "A step that Scan cannot take", "'{0}' cannot be a step of Scan: {1}"),
        Warning(StateNeverAssigned, "A state is never assigned", "no [Forward] method assigns the state '{0}', so every call finds the same in it: assign what the next call begins with, or make it an input"),
        Error(CompilerFault, "A fault in ModelGen", "ModelGen failed on '{0}'; this is a fault in ModelGen, please report it: {1}"),
    ];

    public static ImmutableDictionary<string, DiagnosticDescriptor> All { get; } = Descriptors.ToImmutableDictionary(descriptor => descriptor.Id);

    private static DiagnosticDescriptor Error(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "ModelGen", severity, isEnabledByDefault: true, helpLinkUri: "docs/diagnostics/" + id + ".md");
}
