using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace ModelGen.Graphs;

/// <summary>What an output of a graph is for.</summary>
internal enum OutputRole
{
    /// <summary>A result that the caller receives.</summary>
    Result,

    /// <summary>The gradient of a parameter; the output's name is the parameter's.</summary>
    Gradient,

    /// <summary>In a loop's body: the value that the next iteration carries on.</summary>
    Carried,

    /// <summary>In a loop's body: a value of which the loop keeps one per iteration.</summary>
    Stacked,
}

internal sealed record GraphOutput(string Name, OutputRole Role, Node Value);

/// <summary>Values in single-assignment form, every node after its inputs. Graphs are immutable; a pass builds a new one.</summary>
internal sealed class Graph(string name, ImmutableArray<Node> nodes, ImmutableArray<GraphOutput> outputs)
{
    public string Name { get; } = name;

    public ImmutableArray<Node> Nodes { get; } = nodes;

    public ImmutableArray<GraphOutput> Outputs { get; } = outputs;

    public IEnumerable<Node> Results => Outputs.Where(output => output.Role == OutputRole.Result).Select(output => output.Value);

    /// <summary>The nodes that use each node, outputs not counted.</summary>
    public ILookup<Node, Node> Users() =>
        Nodes.SelectMany(user => user.Inputs.Distinct().Select(input => (input, user))).ToLookup(pair => pair.input, pair => pair.user);

    public override string ToString() => GraphPrinter.Print(this);
}
