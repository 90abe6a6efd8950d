using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Simplifying;

/// <summary>What comes into a loop and is one number everywhere is that number inside, and needs no memory: the gradient of steps that nobody uses is 0.</summary>
internal sealed class KnownInputs : Rewriter
{
    private readonly Dictionary<(string Kind, int Index), Node> known;
    private int depth;

    private KnownInputs(Dictionary<(string Kind, int Index), Node> known) => this.known = known;

    /// <summary>The body with the numbers in it; the body itself where there are none.</summary>
    /// <param name="inputs">What goes into the loop.</param>
    public static Graph Simplify(GraphBuilder around, Node loop, Node[] inputs, Graph body)
    {
        int carried = loop.Attributes.Get<int>("carried");
        int stacked = loop.Attributes.Get<int>("stacked");
        Dictionary<(string, int), Node> known = [];
        for (int index = carried; index < inputs.Length; index++)
        {
            if (Number(inputs[index]) is { } number)
            {
                known[index < carried + stacked ? (BodyInput.Stacked, index - carried) : (BodyInput.Captured, index - carried - stacked)] = number;
            }
        }

        return body.Nodes.Any(node => node.Is<BodyInput>() && known.ContainsKey(Place(node))) ? new KnownInputs(known).Rewrite(body, around) : body;
    }

    protected override Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body) =>
        depth == 1 && node.Is<BodyInput>() && known.TryGetValue(Place(node), out Node? number)
            ? builder.Fill(number.Attributes.Get<double>("value"), node.Shape)
            : builder.Copy(node, inputs, body);

    protected override void Begin(GraphBuilder builder, Graph graph) => depth++;

    protected override void End(GraphBuilder builder) => depth--;

    private static (string Kind, int Index) Place(Node input) => (input.Attributes.Get<string>("kind"), input.Attributes.Get<int>("index"));

    private static Node? Number(Node input) => input.Op is Constant ? input : input.Op is Broadcast ? Number(input.Input) : null;
}
