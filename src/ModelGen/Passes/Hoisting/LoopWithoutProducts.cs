using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Hoisting;

/// <summary>A loop that takes the products that can stand in front of it from there: element by element, or whole where they are the same in every iteration.</summary>
internal sealed class LoopWithoutProducts
{
    private readonly GraphBuilder around;
    private readonly Node loop;
    private readonly Node[] inputs;
    private readonly Graph body;
    private readonly FreeValues free;
    private readonly OutsideWriter outside;
    private readonly HashSet<Node> staying = [];
    private readonly List<Node> hoisted = [];

    /// <param name="loop">The loop as it was.</param>
    /// <param name="inputs">Its inputs as they are now.</param>
    /// <param name="body">Its body as it is now.</param>
    public LoopWithoutProducts(GraphBuilder around, Node loop, Node[] inputs, Graph body)
    {
        (this.around, this.loop, this.inputs, this.body) = (around, loop, inputs, body);
        free = new FreeValues(body);
        outside = new OutsideWriter(around, loop, inputs, free);
        Stack<Node> open = new(body.Outputs.Select(output => output.Value));
        while (open.Count > 0)
        {
            Node node = open.Pop();
            if (free.CanHoist(node))
            {
                hoisted.Add(node);
            }
            else if (staying.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    open.Push(input);
                }
            }
        }
    }

    /// <summary>Writes what stands in front of the loop, and the loop.</summary>
    public Node Write()
    {
        int stacked = loop.Attributes.Get<int>("stacked");
        int firstCaptured = loop.Attributes.Get<int>("carried") + stacked;
        Node[] values = [.. hoisted.Distinct().OrderBy(node => node.Id)];
        if (values.Length == 0)
        {
            return around.Copy(loop, inputs, body);
        }

        Node[] elements = [.. values.Where(free.Differs)], constants = [.. values.Where(node => !free.Differs(node))];
        IEnumerable<Node> stacks = [.. elements.Select(outside.Of)], wholes = [.. constants.Select(outside.Of)];
        GraphBuilder builder = new(body.Name, around);
        Dictionary<Node, Node> written = [];
        foreach (Node node in body.Nodes.Where(node => staying.Contains(node) || values.Contains(node)))
        {
            builder.Origin = node.Origin;
            written[node] = !values.Contains(node) ? builder.Copy(node, node.Inputs.Select(input => written[input]))
                : free.Differs(node) ? Input(builder, node, BodyInput.Stacked, stacked + System.Array.IndexOf(elements, node))
                : Input(builder, node, BodyInput.Captured, inputs.Length - firstCaptured + System.Array.IndexOf(constants, node));
        }

        foreach (GraphOutput output in body.Outputs)
        {
            builder.Output(output.Name, output.Role, written[output.Value]);
        }

        around.Origin = loop.Origin;
        AttributeSet attributes = loop.Attributes.With("stacked", stacked + elements.Length);
        return around.Add(loop.Op, inputs.Take(firstCaptured).Concat(stacks).Concat(inputs.Skip(firstCaptured)).Concat(wholes), attributes, null, loop.Type, builder.Build());
    }

    private static Node Input(GraphBuilder builder, Node value, string kind, int index) =>
        builder.Add(Catalog<BodyInput>.Op, [], AttributeSet.Of("kind", kind).With("index", index), value.Shape, value.Type);
}
