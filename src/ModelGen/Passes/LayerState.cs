using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>A loop that is being lowered, with what its body asked for from around.</summary>
/// <param name="loop">The loop as it was before; null for the entry itself.</param>
internal sealed class LoopState(GraphBuilder builder, Node? loop, ImmutableDictionary<uint, Dim> perIteration, LoopState? outer)
{
    public GraphBuilder Builder { get; } = builder;

    public int Loop { get; } = loop?.Attributes.Get<int>("loop") ?? 0;

    public Dim Count { get; } = loop?.Attributes.Get<Dim>("count") ?? Dim.One;

    /// <summary>Gets a value indicating whether the loop runs from the last iteration to the first.</summary>
    public bool IsReverse { get; } = loop?.Attributes.Get("reverse", false) ?? false;

    /// <summary>Gets the number of values that were stacked before the body was lowered.</summary>
    public int FirstStacked { get; } = loop?.Attributes.Get<int>("stacked") ?? 0;

    /// <summary>Gets the number of values that the body captured before it was lowered.</summary>
    public int FirstCaptured { get; } = loop is null ? 0 : loop.Inputs.Length - loop.Attributes.Get<int>("carried") - loop.Attributes.Get<int>("stacked");

    /// <summary>Gets how often one iteration draws from each random site.</summary>
    public ImmutableDictionary<uint, Dim> PerIteration { get; } = perIteration;

    public LoopState? Outer { get; } = outer;

    /// <summary>Gets the values whose elements the body takes one per iteration.</summary>
    public List<Node> Stacked { get; } = [];

    /// <summary>Gets further values that are the same in every iteration.</summary>
    public List<Node> Captured { get; } = [];

    /// <summary>Gets the body's nodes for values of the scope around.</summary>
    public Dictionary<Node, Node> Inside { get; } = [];
}

/// <summary>Hands parameters and random sites to layers, through all loops around them.</summary>
internal sealed class LayerState(ModelParameters parameters) : IParameterTable
{
    private readonly Dictionary<string, Node> roots = [];
    private readonly Dictionary<uint, Dim> occurrences = [];
    private LoopState current = null!;

    public void Enter(GraphBuilder builder, Graph graph) => current = new LoopState(builder, null, RandomSites.Count(graph), null);

    public LoopState EnterLoop(GraphBuilder builder, Node loop) => current = new LoopState(builder, loop, RandomSites.Count(loop.Body!), current);

    public void LeaveLoop(LoopState loop)
    {
        current = loop.Outer!;
        foreach (KeyValuePair<uint, Dim> site in loop.PerIteration.Where(site => occurrences.ContainsKey(site.Key)))
        {
            occurrences[site.Key] += (loop.Count - Dim.One) * site.Value;
        }
    }

    public Node Parameter(GraphBuilder builder, Node layer, string name, Shape shape, Initializer initializer)
    {
        string path = layer.Attributes.Get<string>("path");
        ImmutableArray<PathIndex> indexes = InstancePath.Indexes(path);
        string full = name.Length == 0 ? InstancePath.Name(path) : InstancePath.Name(path) + "." + name;
        ModelParameter parameter = parameters.Declare(new ModelParameter(full, [.. indexes.Select(index => index.Count)], shape, initializer));
        (Node value, LoopState at) = (Root(parameter), Outermost());
        foreach (PathIndex index in indexes)
        {
            (value, at) = index.Loop is { } loop ? Stack(value, at, Find(loop), index) : (Element(at, value, index.Start), at);
        }

        return Import(value, at, current);
    }

    public AttributeSet RandomSite(GraphBuilder builder, Node layer)
    {
        uint site = RandomSites.Hash(layer);
        Dim occurrence = occurrences.TryGetValue(site, out Dim? known) ? known : Dim.Zero;
        occurrences[site] = occurrence + Dim.One;
        List<Dim> strides = [];
        foreach (LoopState loop in Loops())
        {
            // A loop in reverse draws first in its last iteration.
            Dim stride = loop.PerIteration[site];
            strides.Add(loop.IsReverse ? Dim.Zero - stride : stride);
            occurrence = loop.IsReverse ? occurrence + ((loop.Count - Dim.One) * stride) : occurrence;
        }

        return AttributeSet.Of("site", site).With("occurrence", occurrence).With("strides", strides.ToImmutableArray());
    }

    private Node Root(ModelParameter parameter)
    {
        if (!roots.TryGetValue(parameter.Name, out Node? node))
        {
            GraphBuilder builder = Outermost().Builder;
            (Origin before, builder.Origin) = (builder.Origin, new Origin(parameter.Name, parameter.Name, 0));
            node = builder.Add(Catalog<Parameter>.Op, [], AttributeSet.Of("name", parameter.Name), parameter.Whole);
            builder.Origin = before;
            roots[parameter.Name] = node;
        }

        return node;
    }

    /// <summary>The element of the stack that the loop's iteration works on.</summary>
    private static (Node Value, LoopState At) Stack(Node value, LoopState at, LoopState loop, PathIndex index)
    {
        Node outside = Import(at.Builder.Slice(value, 0, index.Start, loop.Count), at, loop.Outer!);
        if (!loop.Inside.TryGetValue(outside, out Node? inside))
        {
            AttributeSet attributes = AttributeSet.Of("kind", BodyInput.Stacked).With("index", loop.FirstStacked + loop.Stacked.Count);
            (Origin before, loop.Builder.Origin) = (loop.Builder.Origin, value.Origin);
            inside = loop.Builder.Add(Catalog<BodyInput>.Op, [], attributes, value.Shape.Without([0]), value.Type);
            loop.Builder.Origin = before;
            loop.Inside[outside] = inside;
            loop.Stacked.Add(outside);
        }

        return (inside, loop);
    }

    private static Node Element(LoopState at, Node value, int index) =>
        at.Builder.Reshape(at.Builder.Slice(value, 0, index, 1), value.Shape.Without([0]));

    /// <summary>Captures a value of an outer loop through all loops between.</summary>
    private static Node Import(Node value, LoopState from, LoopState to)
    {
        if (from == to)
        {
            return value;
        }

        Node outside = Import(value, from, to.Outer!);
        if (!to.Inside.TryGetValue(outside, out Node? inside))
        {
            AttributeSet attributes = AttributeSet.Of("kind", BodyInput.Captured).With("index", to.FirstCaptured + to.Captured.Count);
            (Origin before, to.Builder.Origin) = (to.Builder.Origin, value.Origin);
            inside = to.Builder.Add(Catalog<BodyInput>.Op, [], attributes, value.Shape, value.Type);
            to.Builder.Origin = before;
            to.Inside[outside] = inside;
            to.Captured.Add(outside);
        }

        return inside;
    }

    private LoopState Find(int loop)
    {
        LoopState at = current;
        while (at.Loop != loop)
        {
            at = at.Outer!;
        }

        return at;
    }

    private LoopState Outermost() => Find(0);

    /// <summary>The loops around, the outermost first.</summary>
    private IEnumerable<LoopState> Loops()
    {
        Stack<LoopState> loops = [];
        for (LoopState at = current; at.Loop != 0; at = at.Outer!)
        {
            loops.Push(at);
        }

        return loops;
    }
}

/// <summary>The sites of random numbers: a layer's path, hashed, without the indexes of repeated modules.</summary>
internal static class RandomSites
{
    /// <summary>FNV-1a over the UTF-8 bytes of the path.</summary>
    public static uint Hash(Node layer) =>
        Encoding.UTF8.GetBytes(InstancePath.Name(layer.Attributes.Get<string>("path"))).Aggregate(2166136261u, (hash, octet) => unchecked((hash ^ octet) * 16777619u));

    /// <summary>How often a graph draws from each site, loops included.</summary>
    public static ImmutableDictionary<uint, Dim> Count(Graph graph)
    {
        Dictionary<uint, Dim> counts = [];
        foreach (Node node in graph.Nodes)
        {
            IEnumerable<KeyValuePair<uint, Dim>> sites = node.Body is { } body
                ? Count(body).Select(site => new KeyValuePair<uint, Dim>(site.Key, site.Value * node.Attributes.Get<Dim>("count")))
                : node.Is<Dropout>() ? [new KeyValuePair<uint, Dim>(Hash(node), Dim.One)] : [];
            foreach (KeyValuePair<uint, Dim> site in sites)
            {
                counts[site.Key] = counts.TryGetValue(site.Key, out Dim? known) ? known + site.Value : site.Value;
            }
        }

        return counts.ToImmutableDictionary();
    }
}
