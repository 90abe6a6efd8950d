using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>Calls: of words and layers, which become a node, and of methods, which are read in place.</summary>
internal sealed partial class MethodBuilder
{
    private BuildValue Call(CallExpression call, string? name) => call.Kind switch
    {
        CallKind.Word => Word(call, name),
        CallKind.Layer => Layer(call, name),
        CallKind.Method => Method(call, name),
        _ => ModuleCall(call, name),
    };

    private BuildValue Word(CallExpression call, string? name)
    {
        Op op = OpCatalog.Find(call.Target) ?? throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.UnknownWord, call.Place, call.Target, "the build does not know this word"));
        if (op is Scan)
        {
            return Scan(call, name);
        }

        GivenArgument[] given = Given(call.Arguments);
        BuildValue[] tensors = [.. op.InputNames.SelectMany(input => given.Where(argument => argument.Name == input.TrimEnd('*'))).SelectMany(argument => Flatten(argument.Value, argument.From))];
        if (tensors.OfType<ErrorValue>().Any())
        {
            return ErrorValue.Instance;
        }

        Node[] inputs = [.. tensors.Select(tensor => Tensor(tensor, call.Place))];
        AttributeSet attributes = Attributes(given, op.InputNames, op);
        return op is Split ? Parts(call, inputs[0], attributes, name) : new TensorValue(Add(op, inputs, attributes, From(name, call.Target, call)));
    }

    /// <summary>A word that gives several tensors: one node for each that is used.</summary>
    private PartsValue Parts(CallExpression call, Node x, AttributeSet attributes, string? name)
    {
        int? count = attributes.Has("sizes") ? attributes.Axes("sizes").Length : null;
        return new PartsValue(Part, count);

        BuildValue Part(int index, string? partName, int? parts)
        {
            AttributeSet ofPart = attributes.With("part", index);
            ofPart = parts is { } taken ? ofPart.With("parts", taken) : ofPart;
            string otherwise = (name ?? call.Target) + index.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return new TensorValue(Add(Catalog<Split>.Op, [scope.Import(x)], ofPart, From(partName is "_" ? null : partName, otherwise, call)));
        }
    }

    private BuildValue Layer(CallExpression call, string? name)
    {
        LayerSpec layer = spec.Layers.First(candidate => candidate.Name == call.Target);
        entry.UsedLayers.Add((spec.Key, layer.Name));
        Op op = OpCatalog.Find(layer.Kind) ?? throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.UnknownWord, layer.Place, layer.Kind, "the build does not know this layer"));
        BuildValue[] inputs = Arguments(call, layer.Ordered);
        if (inputs.OfType<ErrorValue>().Any())
        {
            return ErrorValue.Instance;
        }

        AttributeSet attributes = Attributes(Given(layer.Arguments), [], op).Or(op.LayerDefaults);
        attributes = op.IsLayer ? attributes.With("path", InstancePath.Child(path.TrimEnd('.'), layer.Name)) : attributes;
        attributes = layer.HasMask ? attributes.With("mask", true) : attributes;
        Node first = Add(op, [.. inputs.Select(input => Tensor(input, call.Place))], attributes, From(name, layer.Name, call));
        return layer.Results == 1
            ? new TensorValue(first)
            : new TupleValue([new TensorValue(first), .. Enumerable.Range(1, layer.Results - 1).Select(index => Further(first, index))]);
    }

    /// <summary>A result of a layer behind the first one.</summary>
    private TensorValue Further(Node layer, int index) => new(Add(Catalog<ResultOf>.Op, [layer], AttributeSet.Of("index", index), layer.Origin));

    private BuildValue Method(CallExpression call, string? name)
    {
        MethodSpec method = spec.Methods.First(candidate => candidate.Key == call.Target);
        BuildValue[] arguments = Arguments(call, method.Inputs);
        Dictionary<string, BuildValue> states = States(locals);
        BuildValue returned = new MethodBuilder(entry, spec, path, dimScope, depth + 1, scope).Run(method, arguments, Names(method, name ?? method.Name), states);
        Move(states.Keys, states, locals);
        return returned;
    }

    private BuildValue ModuleCall(CallExpression call, string? name)
    {
        if (call.Receiver is null || Evaluate(call.Receiver, null) is not ModuleValue module)
        {
            return ErrorValue.Instance;
        }

        MethodSpec method = module.Spec.Methods.First(candidate => candidate.Key == call.Target || candidate.Name == call.Target);
        return new MethodBuilder(entry, module.Spec, module.Path, entry.NextScope(), depth + 1, scope).Run(method, Arguments(call, method.Inputs), Names(method, name ?? InstancePath.Name(module.Path)), []);
    }

    /// <summary>What the results are called that the method does not name itself: after the local that they go to, or after the call.</summary>
    private static IReadOnlyList<string> Names(MethodSpec method, string name) => method.Results == 1 ? [name] : method.ResultNames;

    /// <summary>What the parameters are given, in their order; evaluated it is in the order of the call.</summary>
    private BuildValue[] Arguments(CallExpression call, IEnumerable<InputSpec> parameters)
    {
        GivenArgument[] given = Given(call.Arguments);
        return [.. parameters.Select(parameter => given.First(argument => argument.Name == parameter.Name).Value)];
    }

    /// <summary>
    /// Evaluates what a call is given before anything becomes of it, in the order in which the call has it, as C# does: an argument may assign a state or draw random
    /// numbers, which another one reads or draws after it. A step is no value; <c>Scan</c> runs it.
    /// </summary>
    private GivenArgument[] Given(IEnumerable<Argument> arguments) =>
        [.. arguments.Where(argument => argument.Value is not StepExpression).Select(argument => new GivenArgument(argument.Name, argument.Value, Evaluate(argument.Value, null)))];

    /// <summary>An argument with its value.</summary>
    private sealed record GivenArgument(string Name, Expression From, BuildValue Value)
    {
        /// <summary>Gets the values of it, with the expression of each.</summary>
        public IEnumerable<(BuildValue Value, Expression From)> Items => From is ListExpression list && Value is ListValue values
            ? values.Items.Zip(list.Items, (value, item) => (value, item))
            : Flatten(Value, From).Select(value => (value, From));
    }

    /// <summary>The arguments that are not tensors, by their names in camel case.</summary>
    private AttributeSet Attributes(IEnumerable<GivenArgument> arguments, ImmutableArray<string> inputs, Op? op = null)
    {
        AttributeSet attributes = AttributeSet.Empty;
        foreach (IGrouping<string, GivenArgument> group in arguments.GroupBy(argument => Camel(argument.Name)))
        {
            if (inputs.Any(input => input.TrimEnd('*') == group.Key))
            {
                continue;
            }

            (BuildValue Value, Expression From)[] values = [.. group.SelectMany(argument => argument.Items)];
            bool isList = group.Key == op?.ListName;
            attributes = op?.DimNames.Contains(group.Key) == true
                ? Dims(attributes, group.Key, values, isList, group.First().From.Place)
                : attributes.With(group.Key, isList ? values.Select(item => (int)Number(item.Value, item.From)).ToImmutableArray() : Plain(Scalar(values[0].Value, values[0].From)));
        }

        return attributes;
    }

    private AttributeSet Dims(AttributeSet attributes, string name, (BuildValue Value, Expression From)[] values, bool isList, int place)
    {
        ImmutableArray<Dim> dims = [.. values.Select(item => item.Value switch
        {
            TextValue text => EntryContext.ReadDim(text.Text, place, dimScope),
            SizeValue size => Dim.Named(SizeName(size)),
            _ => Dim.Of((long)Number(item.Value, item.From)),
        })];
        return attributes.With(name, isList ? dims : dims[0]);
    }

    /// <summary>The size of an axis, to be replaced when shape inference reaches the node: <c>#12.0</c> is axis 0 of node 12.</summary>
    private static string SizeName(SizeValue size) =>
        "#" + size.Of.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) + "." + size.Axis.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static double Number(BuildValue value, Expression from) => ((NumberValue)Scalar(value, from)).Number;

    /// <summary>A value that the build knows. Sizes, and what is calculated from them, only a call knows.</summary>
    private static BuildValue Scalar(BuildValue value, Expression from) => value switch
    {
        LoopVariableValue => throw new NeedsConstantException(),
        ErrorValue => throw new BuildException(DiagnosticSpec.Of(string.Empty, from.Place)),
        SizeValue or TensorValue => throw new BuildException(DiagnosticSpec.Of(
            DiagnosticCatalog.NotConstant, from.Place, from.Text, "only a call knows sizes of tensors, so write a number")),
        _ => value,
    };

    private static object Plain(BuildValue value) => value switch
    {
        NumberValue { IsInteger: true } number => (int)number.Number,
        NumberValue number => number.Number,
        BoolValue boolean => boolean.Value,
        TextValue text => text.Text,
        _ => string.Empty,
    };

    /// <summary>What an argument stands for, if it is a list of values.</summary>
    private static ImmutableArray<BuildValue> Flatten(BuildValue value, Expression argument) => value switch
    {
        ListValue list => list.Items,
        PartsValue { Count: { } count } parts => [.. Enumerable.Range(0, count).Select(index => parts.Part(index, null, null))],
        PartsValue => throw new BuildException(DiagnosticSpec.Of(
            DiagnosticCatalog.NotConstant, argument.Place, argument.Text, "say how many tensors these are: give Split the sizes of all parts, or name the parts one by one")),
        _ => [value],
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
