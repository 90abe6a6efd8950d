using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>The layers and methods that a stack's attributes stand for.</summary>
internal sealed record StackSpec(EquatableArray<LayerSpec> Layers, EquatableArray<MethodSpec> Methods);

/// <summary>Reads a stack: <c>[Model, Input("batch", 784)] [Dense(128), Relu, Dense(10)] [SoftmaxCrossEntropy]</c>, from top to bottom.</summary>
/// <remarks>
/// It becomes what the full form would say: layers named by kind and ordinal, <c>Predict(input)</c> and <c>Loss(predict, target)</c>:
/// <code>
/// dense1 = Dense1(input); relu1 = Relu1(dense1); return Dense2(relu1);
/// </code>
/// </remarks>
internal static class StackReader
{
    public static StackSpec? Read(ClassScope scope)
    {
        List<AttributeData> attributes = [.. scope.Type.GetAttributes().Where(IsPart)];
        if (attributes.Count == 0)
        {
            return null;
        }

        StackRules.Check(scope, attributes);
        List<LayerSpec> layers = Layers(scope.Reading, attributes);
        List<MethodSpec> methods = [Predict(scope.Reading, attributes.FirstOrDefault(IsInput), layers)];
        if (attributes.FirstOrDefault(Vocabulary.IsStackLoss) is AttributeData loss)
        {
            methods.Add(Loss(scope.Reading, loss));
        }

        return new StackSpec(layers.ToEquatableArray(), methods.ToEquatableArray());
    }

    public static bool IsInput(AttributeData attribute) => Vocabulary.IsNamed(attribute.AttributeClass, "InputAttribute");

    private static bool IsPart(AttributeData attribute) => IsInput(attribute) || Vocabulary.IsLayer(attribute) || Vocabulary.IsStackLoss(attribute);

    private static List<LayerSpec> Layers(Reading reading, List<AttributeData> attributes)
    {
        Dictionary<string, int> ordinals = [];
        List<LayerSpec> layers = [];
        foreach (AttributeData attribute in attributes.Where(Vocabulary.IsLayer))
        {
            string kind = Vocabulary.KindOf(attribute);
            ordinals[kind] = ordinals.TryGetValue(kind, out int ordinal) ? ordinal + 1 : 1;
            int place = reading.PlaceOf(attribute);
            InputSpec input = new("x", Vocabulary.InputTypeOf(kind), null, null, null, place);
            layers.Add(new LayerSpec(kind + ordinals[kind], kind, AttributeReader.Arguments(reading, attribute), [input], "", place));
        }

        return layers;
    }

    private static MethodSpec Predict(Reading reading, AttributeData? attribute, List<LayerSpec> layers)
    {
        int place = attribute is null ? 0 : reading.PlaceOf(attribute);
        EquatableArray<DimSpec> dims = attribute is null ? [] : AttributeReader.Dims(reading, attribute);
        List<Statement> body = [];
        Expression value = new NameExpression("input", "input", place);
        for (int i = 0; i < layers.Count; i++)
        {
            LayerSpec layer = layers[i];
            value = new CallExpression(
                CallKind.Layer,
                layer.Name,
                null,
                [new Argument("x", value)],
                layer.Name + "(" + value.Text + ")",
                layer.Place);
            if (i < layers.Count - 1)
            {
                string local = InputReader.CamelCase(layer.Name);
                body.Add(new AssignStatement([local], value, layer.Place));
                value = new NameExpression(local, local, layer.Place);
            }
        }

        body.Add(new ReturnStatement(value, value.Place));
        return new MethodSpec(
            "Predict",
            "Predict",
            MethodRole.Forward,
            [new InputSpec("input", layers.Count > 0 ? layers[0].Inputs[0].Type : TensorType.Float, dims, null, null, place)],
            1,
            body.ToEquatableArray(),
            null,
            place);
    }

    private static MethodSpec Loss(Reading reading, AttributeData attribute)
    {
        int place = reading.PlaceOf(attribute);
        string word = Vocabulary.KindOf(attribute);
        TensorType type = attribute.AttributeClass is { } kind && TargetType(reading, kind) == TensorType.Int ? TensorType.Int : TensorType.Float;
        (string first, string second) = Parameters(reading, word);
        EquatableArray<Argument> arguments =
        [
            new Argument(first, new NameExpression("predict", "predict", place)),
            new Argument(second, new NameExpression("target", "target", place)),
            .. AttributeReader.Arguments(reading, attribute).Items,
        ];
        CallExpression call = new(CallKind.Word, word, null, arguments, word + "(predict, target)", place);
        EquatableArray<InputSpec> inputs =
        [
            new InputSpec("predict", TensorType.Float, null, "Predict", null, place),
            new InputSpec("target", type, null, null, word, place),
        ];
        return new MethodSpec("Loss", "Loss", MethodRole.Loss, inputs, 1, [new ReturnStatement(call, place)], null, place);
    }

    /// <summary>The word's second parameter says whether the target holds numbers or class indices.</summary>
    private static TensorType? TargetType(Reading reading, INamedTypeSymbol attribute) =>
        Vocabulary.TensorTypeOf(Word(reading, attribute.Name.Replace("Attribute", ""))?.Parameters.ElementAtOrDefault(1)?.Type);

    private static (string First, string Second) Parameters(Reading reading, string word) =>
        Word(reading, word) is { Parameters.Length: >= 2 } method ? (method.Parameters[0].Name, method.Parameters[1].Name) : ("prediction", "target");

    private static IMethodSymbol? Word(Reading reading, string word) =>
        reading.Compilation.GetTypeByMetadataName("ModelGen.Functional")?.GetMembers(word).OfType<IMethodSymbol>().FirstOrDefault();
}
