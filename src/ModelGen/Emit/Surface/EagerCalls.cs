using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>How a layer computes in the eager reading: those with parameters, random numbers or defaults of their own by <c>EagerLayers</c>, all others as the
/// word of their name.</summary>
internal static class EagerCalls
{
    /// <summary>The layers of <c>EagerLayers</c>, each with the arguments that it takes; sizes it knows from its parameters.</summary>
    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["Dense"] = ["activation"],
        ["Flatten"] = ["start", "end"],
        ["LayerNorm"] = ["epsilon"],
        ["RmsNorm"] = ["epsilon"],
        ["Dropout"] = ["p"],
        ["Embedding"] = [],
        ["Position"] = [],
        ["Rnn"] = ["activation"],
        ["Gru"] = [],
        ["Lstm"] = [],
    };

    private static readonly string[] StateNames = ["hidden", "cell"];

    /// <summary><c>EagerLayers.Dense({0}.Child("Fc1"), x, activation: Activation.Relu)</c>, where <c>{0}</c> is the scope.</summary>
    public static string Of(LayerSpec layer)
    {
        string input = layer.Inputs.Count == 0 ? "" : Identifier(layer.Inputs[0].Name);
        bool isLayer = Layers.TryGetValue(layer.Kind, out string[]? taken);
        IEnumerable<string> arguments = layer.Arguments.Where(argument => !isLayer || taken!.Contains(Names.Camel(argument.Name))).Select(Named);
        IEnumerable<string> first = isLayer ? ["{0}.Child(" + Literal(layer.Name) + ")", input] : [input];
        string method = layer.Kind + (layer.Results > 1 ? "WithStates" : "");
        return $"global::ModelGen.{(isLayer ? "EagerLayers" : "Functional")}.{method}({string.Join(", ", first.Concat(Further(layer)).Concat(arguments))})";
    }

    /// <summary>What else goes into the layer: <c>hidden: h, mask: mask</c>.</summary>
    private static IEnumerable<string> Further(LayerSpec layer) => layer.States.Zip(StateNames, (state, name) => $"{name}: {Identifier(state.Name)}")
        .Concat(layer.HasMask ? ["mask: " + LayerSpec.Mask] : []);

    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary><c>axis: -1</c></summary>
    public static string Named(Argument argument) => Names.Camel(argument.Name) + ": " + Value(argument.Value);

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A double: <c>0.1</c>, <c>1d</c>.</summary>
    public static string Literal(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.IndexOfAny(['.', 'E']) >= 0 ? text : text + "d";
    }

    private static string Value(Expression value) => value switch
    {
        NumberExpression { IsInteger: true } number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        NumberExpression number => Literal(number.Value),
        BoolExpression truth => truth.Value ? "true" : "false",
        StringExpression text => Literal(text.Value),
        EnumExpression member => "global::ModelGen." + member.Enum + "." + member.Member,
        ListExpression list => "[" + string.Join(", ", list.Items.Select(Value)) + "]",
        NameExpression name => name.Name,
        _ => value.Text,
    };
}
