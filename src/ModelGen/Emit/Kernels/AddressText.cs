using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Emit.Kernels;

/// <summary>Sums of products as C#: <c>row * 784 + column</c>.</summary>
internal static class AddressText
{
    /// <summary>The sum of what is not empty; <c>0</c> for none.</summary>
    public static string Sum(params string[] terms)
    {
        string sum = string.Join(" + ", terms.Where(term => term.Length > 0));
        return sum.Length == 0 ? "0" : sum;
    }

    /// <summary><c>index * stride</c>, shorter for the strides 0 and 1.</summary>
    public static string Times(string index, Dim stride, Fragment text) =>
        stride == Dim.Zero ? string.Empty : stride == Dim.One ? index : $"{index} * {text.Within(Binding.Sign)}";

    /// <summary>An offset as a term of a sum: nothing where it is 0.</summary>
    public static string Offset(Dim offset, Fragment text) => offset == Dim.Zero ? string.Empty : text.Within(Binding.Product);
}
