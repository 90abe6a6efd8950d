using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Gradients;

/// <summary>
/// Differentiates a loop's body: the forward part is copied into the augmented forward loop, the gradients are written behind it on trial, and then
/// separated from it: what they need of the forward part is either saved by it or calculated again.
/// </summary>
internal sealed class BodySweep
{
    private readonly Graph body;
    private readonly GraphBuilder trial;
    private readonly ForwardCopy copy;
    private readonly HashSet<Node> forward;
    private readonly Dictionary<Node, Node> seeds = [];
    private readonly Dictionary<Node, Node> inputGradients = [];
    private readonly ImmutableArray<Node> backward;
    private readonly List<Node> saved = [];
    private readonly ILookup<Node, Node> users;
    private HashSet<Node> direct = [];

    /// <param name="forwardBuilder">The body of the forward loop; it receives the forward part only.</param>
    public BodySweep(Graph body, GraphBuilder forwardBuilder)
    {
        this.body = body;
        copy = new ForwardCopy(forwardBuilder);
        copy.Copy(body.Nodes);
        foreach (GraphOutput output in body.Outputs)
        {
            forwardBuilder.Output(output.Name, output.Role, copy.Of(output.Value));
        }

        ImmutableArray<Node> nodes = [.. forwardBuilder.Nodes];
        forward = [.. nodes];
        users = nodes.SelectMany(user => user.Inputs.Distinct().Select(input => (input, user))).ToLookup(pair => pair.input, pair => pair.user);
        trial = new GraphBuilder(body.Name + ".backward", forwardBuilder);
        Node[] inputs = [.. nodes.Where(node => node.Is<BodyInput>() && Differentiate.IsDifferentiable(node))];
        Sweep sweep = new(trial, copy, inputs);
        foreach (GraphOutput output in body.Outputs.Where(output => Differentiate.IsDifferentiable(output.Value)))
        {
            Node value = copy.Of(output.Value);
            trial.Origin = new Origin(Sweep.NameOf(value), value.Origin.Text, value.Origin.Place) { IsGradient = true };
            Node seed = trial.Add(Catalog<BodyInput>.Op, [], AttributeSet.Of("kind", "gradient").With("index", seeds.Count), value.Shape);
            seeds[seed] = value;
            sweep.Seed(value, seed);
        }

        sweep.Run(nodes);
        foreach (Node input in inputs)
        {
            if (sweep.Gradient(input) is { } gradient)
            {
                inputGradients[input] = gradient;
            }
        }

        backward = [.. trial.Nodes];
        ChooseSaved();
    }

    /// <summary>Gets the forward values that the forward loop keeps, one per iteration.</summary>
    public ImmutableArray<Node> Saved => [.. saved];

    /// <summary>Writes the body of the backward loop, whose inputs are numbered for a loop as <see cref="LoopGradient"/> writes it.</summary>
    public BackwardBody Backward(GraphBuilder around, int carried, int stacked)
    {
        BackwardWriter writer = new(new GraphBuilder(trial.Name, around), forward, saved, seeds, body.Outputs.Count(output => output.Role == OutputRole.Carried));
        return writer.Write(backward, inputGradients);
    }

    /// <summary>Walks from the gradients' uses of forward values to the values that have to be saved.</summary>
    private void ChooseSaved()
    {
        HashSet<Node> visited = [];
        Stack<Node> needed = new(backward.SelectMany(node => node.Inputs).Concat(inputGradients.Values).Where(forward.Contains));
        direct = [.. needed];
        HashSet<Node> multiplied = [.. backward.Where(node => node.Is<MatrixProduct>()).SelectMany(node => node.Inputs).Select(Unmoved)];
        while (needed.Count > 0)
        {
            Node node = needed.Pop();
            if (!visited.Add(node))
            {
                continue;
            }

            if (MustSave(node, multiplied))
            {
                saved.Add(node);
            }
            else
            {
                foreach (Node input in node.Inputs)
                {
                    needed.Push(input);
                }
            }
        }

        saved.Sort((a, b) => a.Id.CompareTo(b.Id));
    }

    /// <summary>What is carried is gone after the iteration; products and loops are dear; operands of products would have to be stored anyway.</summary>
    private bool MustSave(Node node, HashSet<Node> multiplied) => node.Op switch
    {
        BodyInput => node.Attributes.Get<string>("kind") == BodyInput.Carried,
        SourceOp => false,
        MatrixProduct or ReduceOp or LoopResult => true,
        MoveOp => false,
        _ => multiplied.Contains(node) || FollowsReduction(node) || FollowsProduct(node),
    };

    /// <summary>
    /// What a product is needed for alone, such as its sum with a bias, is as large as the product; it is saved instead and not calculated again.
    /// </summary>
    private bool FollowsProduct(Node node) => node.Op is ElementwiseOp && node.Inputs.Any(input => IsOnlyFor(input, node) && LeadsFromProduct(input));

    private bool LeadsFromProduct(Node node) => node.Op is MatrixProduct || FollowsProduct(node) || (node.Op is ReshapeTo && IsOnlyFor(node.Input, node) && LeadsFromProduct(node.Input));

    /// <summary>Whether a value has one use, and no gradient needs it for another.</summary>
    private bool IsOnlyFor(Node value, Node user) => !direct.Contains(value) && users[value].SequenceEqual([user]);

    /// <summary>What is calculated from reductions alone, such as a mean, is as small as they are, and saves calculating it again.</summary>
    private static bool FollowsReduction(Node node) =>
        node.Op is ElementwiseOp && node.Inputs.Any(input => input.Op is ReduceOp || FollowsReduction(input)) && node.Inputs.All(input => input.Op is not MoveOp);

    private static Node Unmoved(Node node) => node.Op is ReshapeTo or PermuteTo ? Unmoved(node.Input) : node;
}
