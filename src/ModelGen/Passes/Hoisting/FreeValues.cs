using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Hoisting;

/// <summary>Which values of a loop's body are free of what the loop carries, and can be calculated for all iterations at once; and which of them to take out.</summary>
internal sealed class FreeValues
{
    /// <summary>The free values, and whether they differ from iteration to iteration.</summary>
    private readonly Dictionary<Node, bool> free = [];
    private readonly HashSet<Node> hoisted = [];

    public FreeValues(Graph body)
    {
        ILookup<Node, Node> users = body.Users();
        HashSet<Node> given = [.. body.Outputs.Select(output => output.Value)];
        foreach (Node node in body.Nodes.Where(IsFree))
        {
            free[node] = node.Is<BodyInput>() ? IsOfKind(node, BodyInput.Stacked) : node.Inputs.Any(Differs);
            if (node.Is<MatrixProduct>() || (node.Op is ElementwiseOp or ReshapeTo && node.Inputs.Any(input => LeadsOn(input, node))))
            {
                hoisted.Add(node);
            }
        }

        // A bias, an activation: as large as the product, and all that anybody sees of it. A product that is the same at every step does not become a stack for what differs.
        bool LeadsOn(Node product, Node user) =>
            hoisted.Contains(product) && Differs(product) == Differs(user) && product.Shape.Size == user.Shape.Size && !given.Contains(product) && users[product].All(other => other == user);
    }

    public bool Differs(Node value) => free[value];

    /// <summary>Whether it is taken out: products, and what follows one of them alone.</summary>
    public bool CanHoist(Node value) => hoisted.Contains(value);

    private bool IsFree(Node node) => node.Op switch
    {
        BodyInput => !IsOfKind(node, BodyInput.Carried),
        Constant or DimValue or Iota => true,
        ElementwiseOp or ReshapeTo or PermuteTo or SliceOf or Broadcast or StopGradient => node.Inputs.All(free.ContainsKey),
        MatrixProduct => node.Inputs.All(free.ContainsKey) && (!node.Inputs.Any(Differs) || IsOfRows(node)),
        _ => false,
    };

    /// <summary>Whether the rows of all iterations, one after another, are multiplied with one matrix.</summary>
    private bool IsOfRows(Node product) => product.Shape.Rank == 2 && !Differs(product.Inputs[1]) && !product.Attributes.Get("transposeA", false);

    private static bool IsOfKind(Node node, string kind) => node.Attributes.Get<string>("kind") == kind;
}
