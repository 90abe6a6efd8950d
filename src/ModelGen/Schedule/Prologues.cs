using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>What a product does with the elements of its left factor as it reads them.</summary>
/// <param name="Group">The calculation; its rows are those of the factor in memory.</param>
/// <param name="Element">The value in memory: for every element of the factor the one at its place.</param>
internal sealed record Prologue(Group Group, Node Element);

/// <summary>
/// Gives products the cheap calculations that end in their left factor and serve nothing else: the factor is then never stored, and the pass over it saved.
/// </summary>
/// <example><code>
/// group 0, Rows: %2 Mul, %3 Sub
/// group 1, Product: %4 MatrixProduct %3 weight    →    group 1, Product: %4 MatrixProduct after (%2 Mul, %3 Sub)
/// </code></example>
internal static class Prologues
{
    /// <summary>Every thread calculates what it reads, so some elements are calculated several times.</summary>
    private const int MostOperations = 8;

    public static void Run(Graph graph, List<Group> groups)
    {
        ILookup<Node, Node> users = graph.Nodes.Where(node => Reading.RootOf(node) == node)
            .SelectMany(node => node.Inputs.Select(input => (Root: Reading.RootOf(input), node))).ToLookup(use => use.Root, use => use.node);
        HashSet<Node> results = [.. graph.Outputs.Select(output => Reading.RootOf(output.Value))];
        foreach (Group calculation in groups.Where(group => group.Kind == GroupKind.Rows).ToList())
        {
            Node last = calculation.Members[calculation.Members.Count - 1];
            if (results.Contains(last) || !calculation.Members.All(member => IsCheap(member) && (member == last || users[member].All(calculation.Contains))))
            {
                continue;
            }

            List<(Group Product, Prologue? Prologue)> products = [.. users[last].Distinct().Select(user => groups.FirstOrDefault(group => group.Contains(user)))
                .Select(group => (group!, group is null ? null : Of(group, calculation, last)))];
            if (products.Count > 0 && products.All(product => product.Prologue is not null))
            {
                Move(calculation, products, groups);
            }
        }
    }

    private static void Move(Group calculation, IEnumerable<(Group Product, Prologue? Prologue)> products, List<Group> groups)
    {
        foreach ((Group product, Prologue? prologue) in products)
        {
            product.Prologue = prologue;
        }

        groups.Remove(calculation);
        foreach (Group group in groups)
        {
            group.Dependencies.Remove(calculation);
        }
    }

    private static bool IsCheap(Node node) => node.Op is ElementwiseOp { IsCostly: false } && node.Type == TensorType.Float && node.Inputs.All(input => Reading.RootOf(input) is var root
        && (!Reading.IsFree(root) || root.Op is Constant or DimValue));

    /// <summary>The prologue of a product whose left factor, and nothing else of it, is the last member of a calculation; null where it cannot have one.</summary>
    private static Prologue? Of(Group product, Group calculation, Node last)
    {
        if (product.Kind != GroupKind.Product || product.Parts > 1 || calculation.Members.Count > MostOperations
            || product.Calculated.Count(member => member.Inputs.Any(input => Reading.RootOf(input) == last)) != 1)
        {
            return null;
        }

        Node left = product.First.Inputs[0];
        bool isWhole = Reading.RootOf(left) == last && Reading.RootOf(product.First.Inputs[1]) != last && ValueAddress.Of(left) is { } address && address.Offset == Dim.Zero && address.IsContiguous(left.Shape);
        if (!isWhole || left.Shape.Size != last.Shape.Size || Dim.Product(left.Shape.Take(left.Shape.Rank - 2)) != Dim.One)
        {
            return null;
        }

        Group moved = new(calculation.Id, GroupKind.Product, calculation.First, new RowSpace([left.Shape[left.Shape.Rank - 2]], left.Shape[left.Shape.Rank - 1]));
        return calculation.Members.All(member => Joining.TryJoin(moved, member)) && ElementOf(calculation) is { } element ? new Prologue(moved, element) : null;
    }

    /// <summary>The first value in memory that has an element for every one of the factor, at the same place.</summary>
    private static Node? ElementOf(Group calculation)
    {
        IEnumerable<Node> inputs = calculation.Members.SelectMany(member => member.Inputs).Where(input => !calculation.Contains(Reading.RootOf(input)) && !Reading.IsFree(Reading.RootOf(input)));
        ILookup<Node, Node> byRoot = inputs.ToLookup(Reading.RootOf);
        Dim size = calculation.Members[0].Shape.Size;
        return byRoot.Select(reads => reads.Key).FirstOrDefault(root => root.Type == TensorType.Float && root.Shape.Size == size && byRoot[root].All(IsInPlace));
    }

    private static bool IsInPlace(Node input) => ValueAddress.Of(input) is { } address && address.Offset == Dim.Zero && address.IsContiguous(input.Shape);
}
