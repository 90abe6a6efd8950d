using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Schedule;

internal enum GroupKind
{
    /// <summary>A loop over rows.</summary>
    Rows,

    /// <summary>A matrix product with an epilogue.</summary>
    Product,

    /// <summary>Copies into the parts of one value.</summary>
    Concat,

    /// <summary>A template of the runtime, alone.</summary>
    Template,

    /// <summary>A loop around other groups.</summary>
    Loop,
}

/// <summary>How often a value exists within a group's iteration.</summary>
internal enum Level
{
    /// <summary>For every element.</summary>
    Full,

    /// <summary>Once per row.</summary>
    Row,

    /// <summary>Once per column, complete only after the last row.</summary>
    Column,

    /// <summary>Once, complete only after the last row.</summary>
    Total,

    /// <summary>Parts that the group calculates, written to their places in one value: complete only after the kernel.</summary>
    Joined,
}

/// <summary>Nodes that become one kernel.</summary>
internal sealed class Group(int id, GroupKind kind, Node first, RowSpace space)
{
    private readonly Dictionary<Node, Level> levels = [];
    private readonly List<Node> members = [];

    public int Id { get; } = id;

    public GroupKind Kind { get; } = kind;

    public Node First { get; } = first;

    public RowSpace Space { get; set; } = space;

    /// <summary>Gets or sets a value indicating whether a member depends on where the rows end, so that the space's rows are settled.</summary>
    public bool IsSettled { get; set; } = kind != GroupKind.Rows;

    /// <summary>Gets the members in the order of the graph.</summary>
    public IReadOnlyList<Node> Members => members;

    /// <summary>Gets or sets what a product does with the elements of its left factor as it reads them: see <see cref="Prologues"/>.</summary>
    public Prologue? Prologue { get; set; }

    /// <summary>Gets the number of equal parts that a product's columns are read as: see <see cref="DivideProducts"/>. The space is then that of one part.</summary>
    public int Parts { get; } = kind == GroupKind.Product ? first.Attributes.Get("parts", 1) : 1;

    /// <summary>Gets what the kernel calculates: the members, and before them those of the prologue.</summary>
    public IEnumerable<Node> Calculated => Prologue is null ? members : Prologue.Group.Members.Concat(members);

    /// <summary>Gets the groups that must run before, directly or not.</summary>
    public HashSet<Group> Dependencies { get; } = [];

    public bool Contains(Node node) => levels.ContainsKey(node);

    public Level LevelOf(Node node) => levels[node];

    /// <summary>Which part of a divided product a value is, element by element; null for any other value.</summary>
    public int? PartOf(Node value)
    {
        if (Parts == 1 || Reading.RootOf(value) != First || Space.Split(value.Shape) is not { } split)
        {
            return null;
        }

        ValueAddress address = ValueAddress.Of(value);
        bool isEven = RowSpace.Merge([.. address.Strides.Take(split)], [.. value.Shape.Take(split)]) is { } rows && (rows == First.Shape[1] || Space.Rows == Dim.One)
            && RowSpace.Merge([.. address.Strides.Skip(split)], [.. value.Shape.Skip(split)]) is { } inner && (inner == Dim.One || Space.Inner == Dim.One);
        return isEven && address.Offset.IsConstant && address.Offset.Value % Space.Inner.Value == 0 ? (int)(address.Offset.Value / Space.Inner.Value) : null;
    }

    public void Add(Node node, Level level)
    {
        members.Add(node);
        levels[node] = level;
    }

    /// <summary><c>group 3, Rows [batch | 10]: %4 Exp full, %5 ReduceSum row</c></summary>
    public override string ToString()
    {
        IEnumerable<string> described = members.Select(member => $"%{member.Id} {member.Op.Name} {levels[member].ToString().ToLowerInvariant()}");
        string prologue = Prologue is null ? string.Empty : $" after ({string.Join(", ", Prologue.Group.Members.Select(member => $"%{member.Id} {member.Op.Name}"))})";
        return $"group {Id}, {Kind} [{string.Join(", ", Space.Outer)} | {Space.Inner}]: {string.Join(", ", described)}{prologue}";
    }
}
