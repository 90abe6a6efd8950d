using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>What the declaration alone says of the entries: the surface of a class with errors stands on it.</summary>
internal static class ErrorFacts
{
    private static readonly Regex Name = new(@"[\p{L}_][\p{L}\p{Nd}_]*", RegexOptions.CultureInvariant);

    public static ModelFacts Of(ModelSpec spec) =>
        new("", 0, [], spec.Methods.Where(method => method.Role != MethodRole.Plain).Select(method => Entry(spec, method)).ToEquatableArray());

    /// <summary>The names of the open dimensions of tensors, in the order in which they are met.</summary>
    public static EquatableArray<string> Dimensions(IEnumerable<TensorSpec> tensors) =>
        tensors.SelectMany(tensor => tensor.Dims ?? [])
            .SelectMany(dim => Name.Matches(dim).Cast<Match>())
            .Select(match => match.Value)
            .Distinct()
            .ToEquatableArray();

    /// <summary>The states of a method, by their dimensions as the user wrote them.</summary>
    public static IEnumerable<EntryState> States(ModelSpec spec, MethodSpec method) => StateUse.Of(spec, method).Select(state =>
        new EntryState(state.Name, spec.States.Items.IndexOf(state), state.Dims.Select(dim => dim.Text).ToEquatableArray()));

    private static EntrySpec Entry(ModelSpec spec, MethodSpec method)
    {
        EquatableArray<TensorSpec> inputs = method.Inputs.SelectMany(input => Inputs(spec, input))
            .GroupBy(input => input.Name)
            .Select(group => group.First())
            .ToEquatableArray();
        EquatableArray<TensorSpec> outputs = method.Role == MethodRole.Forward
            ? Enumerable.Range(0, method.Results).Select(index => new TensorSpec(Output(method, index), TensorType.Float, null)).ToEquatableArray()
            : [new TensorSpec("loss", TensorType.Float, EquatableArray.Create<string>([]))];
        return new EntrySpec(method.Name, method.Role, inputs, outputs, Dimensions(inputs), method.Trains, null, [])
        {
            States = States(spec, method).ToEquatableArray(),
            StatefulName = Names.Stateful(spec, method),
        };
    }

    private static IEnumerable<TensorSpec> Inputs(ModelSpec spec, InputSpec input) =>
        spec.Methods.FirstOrDefault(method => input.Forward is not null && method.Key == input.Forward) is MethodSpec forward
            ? forward.Inputs.SelectMany(inner => Inputs(spec, inner))
            : [new TensorSpec(input.Name, input.Type, input.Dims?.Select(dim => dim.Text).ToEquatableArray())];

    /// <summary>An output's name: the tuple element's, or <c>output</c>.</summary>
    public static string Output(MethodSpec method, int index) =>
        method.ResultNames.Count > index && method.ResultNames[index].Length > 0 ? method.ResultNames[index]
        : method.Results == 1 ? "output"
        : "output" + (index + 1);
}
