using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>
/// Gives every node its shape and reports every place where shapes do not fit.
/// </summary>
/// <example><code>
/// %1 = Dense %0 {path=Dense1, width=128}  →  %1 = Dense %0 {path=Dense1, width=128} : [batch, 128]
/// </code></example>
internal sealed class InferShapes
{
    private readonly LayerSizes sizes;
    private readonly Action<DiagnosticSpec> report;
    private readonly Dictionary<Node, Node> typed = [];
    private readonly Dictionary<int, Node> byId = [];
    private readonly HashSet<string> open = [];
    private readonly Dictionary<string, Dim> names = [];
    private readonly Dictionary<Node, ImmutableArray<Shape>> loopResults = [];

    private InferShapes(LayerSizes sizes, Action<DiagnosticSpec> report)
    {
        this.sizes = sizes;
        this.report = report;
    }

    /// <param name="sizes">What earlier graphs of the model fixed for its layers.</param>
    public static Graph Run(Graph graph, LayerSizes sizes, Action<DiagnosticSpec> report) => new InferShapes(sizes, report).Infer(graph, new GraphBuilder(graph.Name), null);

    /// <param name="loop">The loop whose body the graph is, with its inputs typed; null for the entry.</param>
    private Graph Infer(Graph graph, GraphBuilder builder, Node? loop)
    {
        open.UnionWith(graph.Nodes.Where(node => node.Is<Input>()).SelectMany(node => node.Attributes.Dims("dims")).SelectMany(dim => dim.Names));
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            Node result = node.Op switch
            {
                BodyInput => builder.Add(node.Op, [], node.Attributes, LoopShapes.Inside(loop!, node), node.Type),
                Loop => InferLoop(node, builder),
                LoopResult => builder.Add(node.Op, [typed[node.Input]], node.Attributes, loopResults[typed[node.Input]][node.Attributes.Get<int>("index")], node.Type),
                _ => InferNode(node, builder),
            };
            typed[node] = result;
            byId[node.Id] = result;
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            builder.Output(output.Name, output.Role, typed[output.Value]);
        }

        return builder.Build();
    }

    private Node InferNode(Node node, GraphBuilder builder)
    {
        AttributeSet attributes = node.Op is Declared or Input ? node.Attributes : node.Attributes.Resolve(dim => Resolve(dim, node));
        Node[] inputs = [.. node.Inputs.Select(input => typed[input])];
        Node draft = new(node.Id, node.Op, [.. inputs], attributes, null, node.Type, node.Origin, null);
        ShapeContext context = new(draft, report);
        if (node.Is<Declared>())
        {
            Bind(draft, context, node.Attributes.Dims("dims"));
        }

        Shape shape = node.Op.InferShape(context);
        if (node.Op is LayerOp layer && layer.SizedBy(draft) is { } size)
        {
            sizes.Check(draft, size, report);
        }

        return builder.Add(node.Op, inputs, attributes, shape, node.Type);
    }

    private Node InferLoop(Node node, GraphBuilder builder)
    {
        Node[] inputs = [.. node.Inputs.Select(input => typed[input])];
        AttributeSet attributes = node.Attributes.Resolve(dim => Resolve(dim, node));
        Node draft = new(node.Id, node.Op, [.. inputs], attributes, null, node.Type, node.Origin, null);
        Graph body = Infer(node.Body!, new GraphBuilder(node.Body!.Name, builder), draft);
        GraphOutput[] carried = [.. body.Outputs.Where(output => output.Role == OutputRole.Carried)];
        for (int index = 0; index < carried.Length; index++)
        {
            if (carried[index].Value.Shape != inputs[index].Shape)
            {
                report(DiagnosticSpec.Of(
                    DiagnosticCatalog.LoopChangesShape,
                    node.Origin.Place,
                    $"'{carried[index].Name}' enters the loop as {inputs[index].Shape} and leaves an iteration as {carried[index].Value.Shape}: "
                    + "keep the shape inside the loop, or write the iterations one after another"));
            }
        }

        builder.Origin = node.Origin;
        Node loop = builder.Add(node.Op, inputs, attributes, null, node.Type, body);
        loopResults[loop] =
        [
            .. inputs.Take(carried.Length).Select(input => input.Shape),
            .. body.Outputs.Skip(carried.Length).Select(output => Shape.Of([attributes.Get<Dim>("count"), .. output.Value.Shape])),
        ];
        return loop;
    }

    /// <summary>Checks a module's <c>[Shape]</c> against the argument; a single name that is still free takes its dimension.</summary>
    private void Bind(Node node, ShapeContext context, ImmutableArray<Dim> declared)
    {
        Shape actual = context.Input();
        for (int axis = 0; axis < declared.Length && actual.Rank == declared.Length; axis++)
        {
            string text = declared[axis].ToString();
            if (text.Contains('@') && text == declared[axis].Names.Single() && !names.ContainsKey(text))
            {
                names[text] = actual[axis];
            }
        }

        if (actual.Rank != declared.Length)
        {
            foreach (string name in declared.SelectMany(dim => dim.Names).Where(name => name.Contains('@') && !names.ContainsKey(name)))
            {
                names[name] = Dim.One;
            }

            string wanted = Unscoped(Shape.Of(declared));
            context.Mismatch($"{context.Describe(0)}, but '{node.Attributes.Get<string>("input")}' is declared [Shape] {wanted}: change the declaration or the argument", actual);
            return;
        }

        Shape expected = Shape.Of(declared.Select(dim => Resolve(dim, node)));
        if (expected != actual)
        {
            string said = Unscoped(Shape.Of(declared));
            context.Mismatch(
                $"{context.Describe(0)}, but '{node.Attributes.Get<string>("input")}' is declared [Shape] {said}"
                + (said == expected.ToString() ? string.Empty : $", which is {Unscoped(expected)} here") + ": change the declaration or the argument",
                actual);
        }
    }

    private Dim Resolve(Dim dim, Node node) => dim.Substitute(name =>
        name[0] == '#' ? Size(name, node) : names.TryGetValue(name, out Dim? known) ? known : open.Contains(name) || node.Is<Declared>() && !name.Contains('@') ? Dim.Named(name) : Unknown(name, node));

    private Dim Size(string name, Node node)
    {
        string[] parts = name.Substring(1).Split('.');
        Shape of = byId[int.Parse(parts[0], CultureInfo.InvariantCulture)].Shape;
        int axis = int.Parse(parts[1], CultureInfo.InvariantCulture);
        axis = axis < 0 ? axis + of.Rank : axis;
        return axis >= 0 && axis < of.Rank ? of[axis] : Unknown(name, node);
    }

    private Dim Unknown(string name, Node node)
    {
        string said = name.Split('@')[0];
        report(DiagnosticSpec.Of(DiagnosticCatalog.BadDimension, node.Origin.Place, said, $"no [Shape] says what '{said}' is"));
        return names[name] = Dim.One;
    }

    private static string Unscoped(Shape shape) => System.Text.RegularExpressions.Regex.Replace(shape.ToString(), "@[0-9]+", string.Empty);
}
