using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>A spec, and the facts that the compiler found → what the surface is written from.</summary>
internal static class DescribeSurface
{
    /// <param name="facts">Null where errors keep the compiler from finding them.</param>
    public static SurfaceSpec Of(ModelSpec spec, ModelFacts? facts)
    {
        SurfaceNames names = Names.Of(spec);
        TypeSpec type = spec.Type;
        string error = "'" + type.Name + "' was built with errors: correct what the build reports about it.";
        return new SurfaceSpec(
            type.Key,
            type.Namespace,
            type.Name,
            Declaration(type),
            type.Accessibility,
            spec.IsModule,
            spec.IsMisdeclared,
            facts is null ? error : null,
            (facts ?? ErrorFacts.Of(spec)).Entries,
            spec.Layers.Where(layer => (spec.IsStack && !spec.IsMisdeclared) || layer.Signature.Length > 0).Select(Layer).ToEquatableArray(),
            spec.Parameters.Where(parameter => parameter.Signature.Length > 0)
                .Select(parameter => new SurfaceProperty(parameter.Name, parameter.Signature))
                .ToEquatableArray(),
            Children(spec, names).ToEquatableArray(),
            spec.Methods.Where(method => method.Role != MethodRole.Plain).Select(method => Method(spec, method)).ToEquatableArray(),
            names)
        {
            States = spec.States.Select(state => new SurfaceState(Value(state), state.Signature, state.Accessors)).ToEquatableArray(),
            StateDimensions = ErrorFacts.Dimensions(spec.States.Select(Value)),
        };
    }

    /// <param name="facts">Null where errors keep the compiler from finding them.</param>
    public static ParametersSpec Parameters(ModelSpec spec, ModelFacts? facts) => new(
        spec.Type.Key,
        spec.Type.Namespace,
        spec.Type.Name,
        Declaration(spec.Type),
        Names.Of(spec).Description,
        facts?.Fingerprint ?? string.Empty,
        facts?.ParameterLength ?? 0,
        facts?.Parameters ?? [],
        (facts?.Parameters ?? []).Select(parameter => ParameterOwner.Of(spec, parameter.Name)).ToEquatableArray(),
        (facts?.Entries ?? []).Select(entry => entry.Name).ToEquatableArray())
    {
        States = facts is null ? [] : spec.States.Select(Value).ToEquatableArray(),
        StateDimensions = facts is null ? [] : ErrorFacts.Dimensions(spec.States.Select(Value)),
    };

    private static EquatableArray<string> Declaration(TypeSpec type) => type.Containing.Append(type.Declaration + " " + type.Name).ToEquatableArray();

    private static SurfaceLayer Layer(LayerSpec layer)
    {
        string signature = layer.Signature.Length > 0
            ? layer.Signature
            : $"private global::ModelGen.Tensor {layer.Name}({Type(layer.Inputs[0].Type)} {EagerCalls.Identifier(layer.Inputs[0].Name)})";
        return new SurfaceLayer(signature, EagerCalls.Of(layer));
    }

    private static IEnumerable<SurfaceChild> Children(ModelSpec spec, SurfaceNames names) =>
        spec.Children
            .Select((child, index) => new SurfaceChild(child.Name, "global::" + child.Module, child.Repeat, child.Signature, names.Fields[index]))
            .Where(child => child.Signature.Length > 0);

    private static EagerMethod Method(ModelSpec spec, MethodSpec method) => new(
        method.Name,
        method.ReturnType,
        method.Inputs.Select(input => Type(input.Type) + " " + EagerCalls.Identifier(input.Name)).ToEquatableArray(),
        method.Inputs.Select(input => EagerCalls.Identifier(input.Name)).ToEquatableArray(),
        spec.IsStack ? null : method.IsStatic ? spec.Type.Name : method.Inputs.Any(input => input.Name == "model") ? "this.model" : "model",
        spec.IsStack ? method.Body.Select(Statement).ToEquatableArray() : [])
    {
        States = StateUse.Of(spec, method).Select(state => new EagerState(state.Name, state.Dims.Select(dim => Size(method, dim)).ToEquatableArray())).ToEquatableArray(),
        Continues = method.Role == MethodRole.Forward,
    };

    private static TensorSpec Value(StateSpec state) => new(state.Name, TensorType.Float, state.Dims.Select(dim => dim.Text).ToEquatableArray());

    /// <summary>A dimension of a state as the eager reading finds it: in the shapes of the inputs.</summary>
    private static string Size(MethodSpec method, DimSpec dim) => DimParser.Parse(dim.Text, out _)?.ToText(name => Axis(method, name)) ?? dim.Text;

    private static string Axis(MethodSpec method, string name)
    {
        InputSpec? input = method.Inputs.FirstOrDefault(candidate => candidate.Dims is { } dims && dims.Any(dim => dim.Text == name));
        return input is null ? name : $"{EagerCalls.Identifier(input.Name)}.Shape[{input.Dims!.Value.Select(dim => dim.Text).ToList().IndexOf(name)}]";
    }

    /// <summary>A statement of a stack's method, which consists of calls only.</summary>
    private static string Statement(Statement statement) => statement switch
    {
        AssignStatement assignment => $"global::ModelGen.Tensor {EagerCalls.Identifier(assignment.Targets[0])} = {Call(assignment.Value)};",
        ReturnStatement result => $"return {Call(result.Value)};",
        _ => "",
    };

    private static string Call(Expression expression) => expression switch
    {
        CallExpression { Kind: CallKind.Layer } layer =>
            "model." + layer.Target + "(" + string.Join(", ", layer.Arguments.Select(argument => Call(argument.Value))) + ")",
        CallExpression word => "global::ModelGen.Functional." + word.Target + "(" + string.Join(", ", word.Arguments.Select(EagerCalls.Named)) + ")",
        NameExpression name => EagerCalls.Identifier(name.Name),
        _ => expression.Text,
    };

    private static string Type(TensorType type) => type == TensorType.Int ? "global::ModelGen.Tensor<int>" : "global::ModelGen.Tensor";
}
