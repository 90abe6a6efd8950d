using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Writes documentation comments, and what members of a class with errors do instead of their work.</summary>
internal static class Docs
{
    public static void Summary(CodeWriter code, string xml) => code.Line($"/// <summary>{xml}</summary>");

    public static void Parameter(CodeWriter code, string name, string xml) => code.Line($"/// <param name=\"{name.TrimStart('@')}\">{xml}</param>");

    public static void Returns(CodeWriter code, string xml) => code.Line($"/// <returns>{xml}</returns>");

    /// <summary>What is said of a caller's state.</summary>
    public const string State = "What the calls before have left; then, what the next one begins with. A call that fails leaves it as it is.";

    /// <summary>The end of a sentence about a call: what its states begin with, if it has any.</summary>
    public static string Beginning(bool hasStates, bool continues) => !hasStates ? "" : continues ? ", going on from a state" : ", beginning with states of zeros";

    /// <summary><c>input [batch, 784]</c></summary>
    public static string Shape(TensorSpec tensor) =>
        "<c>" + tensor.Name + (tensor.Dims is { } dims ? " [" + string.Join(", ", dims) + "]" : "") + "</c>";

    public static string Shapes(EquatableArray<TensorSpec> tensors) => string.Join(", ", tensors.Select(Shape));

    public static string Throw(SurfaceSpec spec) => "throw new global::System.InvalidOperationException(" + EagerCalls.Literal(spec.Error!) + ")";
}
