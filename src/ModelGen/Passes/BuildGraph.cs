using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Passes.Build;
using ModelGen.Specs;

namespace ModelGen.Passes;

/// <summary>
/// Reads the method of an entry and every method that it calls, and writes one graph of words and layers. Shapes are not known yet.
/// </summary>
internal static class BuildGraph
{
    /// <param name="name">What the entry is called.</param>
    /// <param name="forwardShapes">The shapes of the forward methods' results, for targets whose shape follows from them.</param>
    /// <param name="continues">Whether states are inputs and outputs; else they begin with zeros, and what the method leaves in them is lost.</param>
    public static Graph Run(EntryContext entry, MethodSpec method, string name, IReadOnlyDictionary<string, Shape> forwardShapes, bool continues)
    {
        GraphBuilder builder = new(name);
        LoopScope root = new(builder, 0, null);
        try
        {
            BuildValue[] arguments = [.. method.Inputs.Select(input => Argument(entry, root, input, forwardShapes))];
            Dictionary<string, BuildValue> states = EntryContext.States(root, StateUse.Of(entry.Model, method), continues);
            BuildValue result = new MethodBuilder(entry, entry.Model, string.Empty, 0, 0, root).Run(method, arguments, OutputNames(method), states);
            Return(builder, root, method, result);
            if (continues)
            {
                Leave(builder, root, states);
            }
        }
        catch (BuildException exception)
        {
            entry.Diagnostics.Add(exception.Diagnostic);
        }

        entry.Diagnostics.RemoveAll(diagnostic => diagnostic.Id.Length == 0);
        return builder.Build();
    }

    /// <summary>A parameter of the entry's method: an input, or the result of the forward method that it names.</summary>
    private static BuildValue Argument(EntryContext entry, LoopScope root, InputSpec input, IReadOnlyDictionary<string, Shape> forwardShapes)
    {
        if (input.Forward is { } key)
        {
            MethodSpec forward = entry.Model.Methods.First(method => method.Key == key);
            BuildValue[] arguments = [.. forward.Inputs.Select(inner => Argument(entry, root, inner, forwardShapes))];
            Dictionary<string, BuildValue> states = EntryContext.States(root, StateUse.Of(entry.Model, forward), continues: false);
            return new MethodBuilder(entry, entry.Model, string.Empty, 0, 0, root).Run(forward, arguments, forward.Results == 1 ? [input.Name] : forward.ResultNames, states);
        }

        if (input.TargetOf is { } loss)
        {
            if (forwardShapes.Count == 0)
            {
                return ErrorValue.Instance;
            }

            Shape target = ((TargetLossOp)OpCatalog.Find(loss)!).Target(forwardShapes.Values.First());
            return new TensorValue(entry.Input(root, input, target.Dims));
        }

        return new TensorValue(entry.Input(root, input, EntryContext.Dims(input.Dims ?? [], 0)));
    }

    private static void Return(GraphBuilder builder, LoopScope root, MethodSpec method, BuildValue result)
    {
        ImmutableArray<BuildValue> items = result is TupleValue tuple ? tuple.Items : [result];
        for (int index = 0; index < items.Length; index++)
        {
            Node? value = items[index] switch
            {
                TensorValue tensor => root.Import(tensor.Node),
                NumberValue number => builder.Constant(number.Number),
                SizeValue size => builder.Add(Catalog<SizeOf>.Op, [root.Import(size.Of)], AttributeSet.Of("axis", size.Axis), Shape.Scalar),
                _ => null,
            };
            if (value is not null)
            {
                builder.Output(OutputName(method, index), OutputRole.Result, value);
            }
        }
    }

    /// <summary>What the next call begins with.</summary>
    private static void Leave(GraphBuilder builder, LoopScope root, Dictionary<string, BuildValue> states)
    {
        foreach (KeyValuePair<string, BuildValue> state in states)
        {
            if (state.Value is TensorValue tensor)
            {
                builder.Output(EntryState.NextName(LocalNames.Shown(state.Key)), OutputRole.Result, root.Import(tensor.Node));
            }
        }
    }

    private static string[] OutputNames(MethodSpec method) => [.. Enumerable.Range(0, method.Results).Select(index => OutputName(method, index))];

    /// <summary>The name of a result: the tuple element's, or <c>output</c>.</summary>
    private static string OutputName(MethodSpec method, int index) =>
        method.Role == MethodRole.Loss ? "loss"
        : method.ResultNames.Count > index && method.ResultNames[index].Length > 0 ? method.ResultNames[index]
        : method.Results == 1 ? "output"
        : "output" + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
