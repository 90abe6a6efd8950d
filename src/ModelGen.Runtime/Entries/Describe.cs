using System;
using System.Linq;

namespace ModelGen.Entries;

/// <summary>Descriptions of tensors in the few words in which generated code writes them.</summary>
public static class Describe
{
    /// <summary>A tensor of <see cref="float"/>.</summary>
    /// <param name="name">The name in the user's words.</param>
    /// <param name="dimensions">A number, a name or an expression of names each.</param>
    /// <returns>The description.</returns>
    public static TensorDescription Floats(string name, params ReadOnlySpan<string> dimensions) => Of(name, ElementType.Float, dimensions);

    /// <summary>A tensor of <see cref="int"/>.</summary>
    /// <param name="name">The name in the user's words.</param>
    /// <param name="dimensions">A number, a name or an expression of names each.</param>
    /// <returns>The description.</returns>
    public static TensorDescription Ints(string name, params ReadOnlySpan<string> dimensions) => Of(name, ElementType.Int, dimensions);

    private static TensorDescription Of(string name, ElementType type, ReadOnlySpan<string> dimensions) =>
        new(name, type, [.. dimensions.ToArray().Select(Dimension.Parse)]);
}
