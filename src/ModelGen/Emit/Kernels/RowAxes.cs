using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

/// <summary>
/// The axes whose product is the number of rows. Where rows lie evenly spaced their number is enough for an address; else it is divided into an
/// index along each axis that matters.
/// </summary>
/// <param name="row">The number of the row.</param>
/// <param name="wide">The number of the row, as C# of a width that is enough for any address.</param>
internal sealed class RowAxes(KernelScope scope, IReadOnlyList<Dim> outer, string row, string wide)
{
    private readonly Dictionary<int, string> indexes = [];

    /// <summary>Gets the lines that divide the row's number.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Where a row begins, as a term of a sum; empty where all begin at the same place.</summary>
    public string Start(Access access) => Stride(access) is { } stride
        ? AddressText.Times(stride == Dim.One ? row : wide, stride, scope.Dim(stride))
        : string.Join(" + ", access.OuterStrides.Select((stride, axis) => Term(axis, stride)).Where(term => term.Length > 0));

    /// <summary>The row's index along an axis.</summary>
    public string Index(int axis)
    {
        if (outer.Count == 1)
        {
            return row;
        }

        if (!indexes.TryGetValue(axis, out string name))
        {
            name = scope.Locals.Add("index" + axis);
            indexes.Add(axis, name);
            Lines.Add($"{scope.Target.Index} {name} = {Quotient(axis)};");
        }

        return name;
    }

    /// <summary>The stride that turns the number of a row into its address, where there is one.</summary>
    private Dim? Stride(Access access)
    {
        Dim? stride = null;
        Dim expected = Dim.Zero;
        for (int axis = outer.Count - 1; axis >= 0; axis--)
        {
            if (outer[axis] == Dim.One)
            {
                continue;
            }

            stride ??= expected = access.OuterStrides[axis];
            if (access.OuterStrides[axis] != expected)
            {
                return null;
            }

            expected *= outer[axis];
        }

        return stride ?? Dim.Zero;
    }

    private string Term(int axis, Dim stride) =>
        stride == Dim.Zero || outer[axis] == Dim.One ? string.Empty : AddressText.Times(Index(axis), stride, scope.Dim(stride));

    /// <summary><c>row / (time * 8) % batch</c>; the outermost axis needs no remainder, the innermost no quotient.</summary>
    private string Quotient(int axis)
    {
        Dim within = Dim.Product(outer.Skip(axis + 1));
        string quotient = within == Dim.One ? row : row + " / " + scope.Dim(within).Within(Binding.Sign);
        return axis == 0 ? quotient : quotient + " % " + scope.Dim(outer[axis]).Within(Binding.Sign);
    }
}
