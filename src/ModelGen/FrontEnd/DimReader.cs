using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads dimensions from attribute arguments: numbers, names and expressions of names.</summary>
internal static class DimReader
{
    /// <summary>The dimensions of a <c>params object[]</c> argument; the wrong ones are reported and replaced by 1.</summary>
    public static EquatableArray<DimSpec> Read(Reading reading, TypedConstant list, IReadOnlyList<SyntaxNode> nodes, int otherwise)
    {
        List<DimSpec> dims = [];
        for (int i = 0; !list.IsNull && i < list.Values.Length; i++)
        {
            int place = i < nodes.Count ? reading.PlaceOf(nodes[i]) : otherwise;
            dims.Add(new DimSpec(Read(reading, list.Values[i], i < nodes.Count ? SourceText.Of(nodes[i]) : "null", place), place));
        }

        if (list.IsNull)
        {
            reading.Report(DiagnosticCatalog.BadDimension, otherwise, "null", Fix);
        }

        return dims.ToEquatableArray();
    }

    private const string Fix = "write a whole number above 0, a name such as \"batch\", or an expression of names such as \"2*time+1\"";

    private static string Read(Reading reading, TypedConstant value, string text, int place)
    {
        string? dim = value.Kind == TypedConstantKind.Primitive ? Text(value.Value) : null;
        if (dim is null)
        {
            reading.Report(DiagnosticCatalog.BadDimension, place, text, Fix);
        }

        return dim ?? "1";
    }

    private static string? Text(object? value) => value switch
    {
        int number when number > 0 => number.ToString(CultureInfo.InvariantCulture),
        string text when DimSyntax.IsValid(text) => text.Trim(),
        _ => null,
    };
}
