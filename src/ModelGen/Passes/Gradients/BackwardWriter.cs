using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Gradients;

/// <summary>
/// Writes the body of a backward loop from trial nodes that still refer to forward values: saved ones become stacked inputs, stacked and captured ones are
/// read again, the rest is calculated again.
/// </summary>
/// <param name="seeds">The trial's gradient inputs, in order, with the forward results that they belong to.</param>
/// <param name="carried">The number of carried values; their gradients are the first seeds.</param>
internal sealed class BackwardWriter(GraphBuilder builder, HashSet<Node> forward, List<Node> saved, IReadOnlyDictionary<Node, Node> seeds, int carried)
{
    private readonly Dictionary<Node, Node> written = [];
    private readonly List<int> usedStacked = [];
    private readonly List<int> usedCaptured = [];

    public BackwardBody Write(ImmutableArray<Node> backward, IReadOnlyDictionary<Node, Node> inputGradients)
    {
        Node[] captured = [.. Receiving(BodyInput.Captured)];
        Node[] stacked = [.. Receiving(BodyInput.Stacked)];
        Node[] sums = [.. captured.Select((input, index) => Input(BodyInput.Carried, carried + index, input))];
        CollectUses(backward, inputGradients.Values);
        foreach (Node node in backward)
        {
            written[node] = seeds.ContainsKey(node) ? Seed(node) : Copy(node);
        }

        for (int index = 0; index < carried; index++)
        {
            Node seed = seeds.Keys.ElementAt(index);
            Node? input = inputGradients.Keys.FirstOrDefault(candidate => Is(candidate, BodyInput.Carried) && candidate.Attributes.Get<int>("index") == index);
            builder.Output(Name(seed), OutputRole.Carried, input is null ? builder.Fill(0, seed.Shape) : Get(inputGradients[input]));
        }

        for (int index = 0; index < captured.Length; index++)
        {
            builder.Origin = new Origin(Sweep.NameOf(captured[index]), captured[index].Origin.Text, captured[index].Origin.Place) { IsGradient = true };
            builder.Output(builder.Origin.Name, OutputRole.Carried, builder.Add(sums[index], Get(inputGradients[captured[index]])));
        }

        foreach (Node input in stacked)
        {
            builder.Output(Sweep.NameOf(input), OutputRole.Stacked, Get(inputGradients[input]));
        }

        return new BackwardBody(
            builder.Build(), [.. usedStacked], [.. usedCaptured], Indexes(captured), Shapes(captured), Indexes(stacked), Shapes(stacked));

        IEnumerable<Node> Receiving(string kind) => inputGradients.Keys.Where(input => Is(input, kind)).OrderBy(input => input.Attributes.Get<int>("index"));
    }

    private static ImmutableArray<int> Indexes(Node[] inputs) => [.. inputs.Select(input => input.Attributes.Get<int>("index"))];

    private static ImmutableArray<Shape> Shapes(Node[] inputs) => [.. inputs.Select(input => input.Shape)];

    private static bool Is(Node node, string kind) => node.Is<BodyInput>() && node.Attributes.Get<string>("kind") == kind;

    private static string Name(Node seed) => seed.Origin.Name.Length == 0 ? "d" + seed.Id.ToString(CultureInfo.InvariantCulture) : seed.Origin.Name;

    /// <summary>Finds the stacked inputs first, because those of the forward loop are numbered before the saved values.</summary>
    private void CollectUses(ImmutableArray<Node> backward, IEnumerable<Node> results)
    {
        HashSet<Node> visited = [];
        Stack<Node> needed = new(backward.SelectMany(node => node.Inputs).Concat(results).Where(forward.Contains));
        while (needed.Count > 0)
        {
            Node node = needed.Pop();
            if (!visited.Add(node) || saved.Contains(node))
            {
                continue;
            }

            List<int>? uses = Is(node, BodyInput.Stacked) ? usedStacked : Is(node, BodyInput.Captured) ? usedCaptured : null;
            uses?.Add(node.Attributes.Get<int>("index"));
            foreach (Node input in node.Inputs)
            {
                needed.Push(input);
            }
        }

        usedStacked.Sort();
        usedCaptured.Sort();
    }

    /// <summary>The gradient of a result: carried ones are handed from iteration to iteration, those of stacked results are stacked inputs.</summary>
    private Node Seed(Node seed)
    {
        int index = seed.Attributes.Get<int>("index");
        return index < carried
            ? Input(BodyInput.Carried, index, seed)
            : Input(BodyInput.Stacked, usedStacked.Count + saved.Count + index - carried, seed);
    }

    private Node Input(string kind, int index, Node like)
    {
        builder.Origin = like.Origin;
        return builder.Add(Catalog<BodyInput>.Op, [], AttributeSet.Of("kind", kind).With("index", index), like.Shape, like.Type);
    }

    private Node Copy(Node node)
    {
        Node[] inputs = [.. node.Inputs.Select(Get)];
        builder.Origin = node.Origin;
        return builder.Copy(node, inputs);
    }

    private Node Get(Node node)
    {
        if (!written.TryGetValue(node, out Node? value))
        {
            written[node] = value = Forward(node);
        }

        return value;
    }

    private Node Forward(Node node)
    {
        int at = saved.IndexOf(node);
        return at >= 0 ? Input(BodyInput.Stacked, usedStacked.Count + at, node)
            : Is(node, BodyInput.Stacked) ? Input(BodyInput.Stacked, usedStacked.IndexOf(node.Attributes.Get<int>("index")), node)
            : Is(node, BodyInput.Captured) ? Input(BodyInput.Captured, usedCaptured.IndexOf(node.Attributes.Get<int>("index")), node)
            : Copy(node);
    }
}
