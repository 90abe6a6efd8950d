using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>
/// Writes words and layers as primitives, and broadcasts where shapes differ. The layers' parameters and random sites come into being here.
/// </summary>
/// <example><code>
/// %1 = Dense %0 {path=Dense1, width=128} : [batch, 128]
/// →
/// %1 = Parameter {name=Dense1.weight} : [128, 784]
/// %2 = MatrixProduct %0 %1 {transposeB=True} : [batch, 128]
/// …
/// </code></example>
internal sealed class Lower
{
    private readonly bool training;
    private readonly Dictionary<Node, Node> lowered = [];
    private readonly Dictionary<Node, IReadOnlyList<Node>> further = [];
    private readonly Readers readers = new();
    private readonly LayerState state;

    private Lower(ModelParameters parameters, bool training)
    {
        this.training = training;
        state = new LayerState(parameters);
    }

    /// <param name="parameters">The model's parameters; new ones are added.</param>
    public static Graph Run(Graph graph, ModelParameters parameters, bool training) => new Lower(parameters, training).Run(graph);

    private Graph Run(Graph graph)
    {
        GraphBuilder builder = new(graph.Name);
        state.Enter(builder, graph);
        return Body(graph, builder);
    }

    private Graph Body(Graph graph, GraphBuilder builder)
    {
        readers.Count(graph);
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Op is CompositeOp ? node.Origin with { Word = node.Op.Name } : node.Origin;
            lowered[node] = LowerNode(node, builder);
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            builder.Output(output.Name, output.Role, lowered[output.Value]);
        }

        return builder.Build();
    }

    private Node LowerNode(Node node, GraphBuilder builder)
    {
        Node[] inputs = [.. node.Inputs.Select(input => lowered[input])];
        return node.Op switch
        {
            Loop => LowerLoop(node, inputs, builder),
            ElementwiseOp op => builder.Add(op, inputs.Select(input => Broadcasting.To(builder, input, node.Shape)), null, node.Shape),
            CompositeOp op => LowerComposite(op, new LowerContext(node, [.. inputs], builder, state, training, readers.IsReadOnce)),
            ResultOf => further[node.Input][node.Attributes.Get<int>("index") - 1],
            _ => builder.Copy(node, inputs),
        };
    }

    private Node LowerComposite(CompositeOp op, LowerContext context)
    {
        Node first = op.Lower(context);
        further[context.Node] = context.Further;
        return first;
    }

    private Node LowerLoop(Node node, Node[] inputs, GraphBuilder builder)
    {
        int stacked = node.Attributes.Get<int>("stacked");
        int captured = node.Attributes.Get<int>("carried") + stacked;
        GraphBuilder bodyBuilder = new(node.Body!.Name, builder);
        LoopState loop = state.EnterLoop(bodyBuilder, node);
        Graph body = Body(node.Body!, bodyBuilder);
        state.LeaveLoop(loop);
        builder.Origin = node.Origin;
        AttributeSet attributes = node.Attributes.With("stacked", stacked + loop.Stacked.Count);
        return builder.Add(node.Op, inputs.Take(captured).Concat(loop.Stacked).Concat(inputs.Skip(captured)).Concat(loop.Captured), attributes, null, node.Type, body);
    }
}
