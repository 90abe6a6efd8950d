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
    /// <param name="forwardShapes">The shapes of the forward methods' results, for targets whose shape follows from them.</param>
    public static Graph Run(EntryContext entry, MethodSpec method, IReadOnlyDictionary<string, Shape> forwardShapes)
    {
        GraphBuilder builder = new(method.Name);
        LoopScope root = new(builder, 0, null);
        try
        {
            BuildValue[] arguments = [.. method.Inputs.Select(input => Argument(entry, root, input, forwardShapes))];
            BuildValue result = new MethodBuilder(entry, entry.Model, string.Empty, 0, 0, root).Run(method, arguments, OutputNames(method));
            Return(builder, root, method, result);
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
            return new MethodBuilder(entry, entry.Model, string.Empty, 0, 0, root).Run(forward, arguments, forward.Results == 1 ? [input.Name] : forward.ResultNames);
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

    private static string[] OutputNames(MethodSpec method) => [.. Enumerable.Range(0, method.Results).Select(index => OutputName(method, index))];

    /// <summary>The name of a result: the tuple element's, or <c>output</c>.</summary>
    private static string OutputName(MethodSpec method, int index) =>
        method.Role == MethodRole.Loss ? "loss"
        : method.ResultNames.Count > index && method.ResultNames[index].Length > 0 ? method.ResultNames[index]
        : method.Results == 1 ? "output"
        : "output" + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
