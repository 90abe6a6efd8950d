using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>The parameters of an entry's public method: inputs, open dimensions and outputs under names that do not clash.</summary>
internal sealed class EntrySignature
{
    private static readonly Regex Name = new(@"[\p{L}_][\p{L}\p{Nd}_]*", RegexOptions.CultureInvariant);
    private readonly Dictionary<string, string> sizes;

    public EntrySignature(EntrySpec entry)
    {
        Entry = entry;
        NameScope scope = new();
        Inputs = [.. entry.Inputs.Select(input => scope.Add(input.Name))];
        sizes = entry.Dimensions.ToDictionary(name => name, name => scope.Add(entry.Inputs.Any(input => input.Name == name) ? name + "Size" : name));
        Outputs = [.. entry.Outputs.Select(output => scope.Add(output.Name))];
        State = scope.Add("state");
    }

    public EntrySpec Entry { get; }

    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Gets the parameter for a caller's states.</summary>
    public string State { get; }

    public IEnumerable<string> Sizes => Entry.Dimensions.Select(name => sizes[name]);

    public string SizeOf(string dimension) => sizes[dimension];

    /// <summary>A dimension as C#: its names are parameters or locals.</summary>
    public string Expression(string dim) => Name.Replace(dim, match => sizes.TryGetValue(match.Value, out string? size) ? size : match.Value);

    /// <summary><c>float[,]</c>, for a single number <c>float</c>; <c>dynamic</c> where errors keep the shape unknown, so that all uses of
    /// it bind.</summary>
    public static string ArrayType(TensorSpec tensor) =>
        tensor.Dims is not { } dims ? "dynamic"
        : dims.Count == 0 ? ElementType(tensor)
        : ElementType(tensor) + "[" + new string(',', dims.Count - 1) + "]";

    public static string ElementType(TensorSpec tensor) => tensor.Type == TensorType.Int ? "int" : "float";

    /// <summary>The array and axis that tell an open dimension, or null where it only occurs within expressions.</summary>
    public (int Input, int Axis)? SourceOf(string dimension)
    {
        for (int input = 0; input < Entry.Inputs.Count; input++)
        {
            int axis = Entry.Inputs[input].Dims is { } dims ? dims.ToList().IndexOf(dimension) : -1;
            if (axis >= 0)
            {
                return (input, axis);
            }
        }

        return null;
    }
}
