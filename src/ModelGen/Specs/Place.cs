using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Specs;

/// <summary>A stretch of a source file, free of the syntax tree: the table of places moves with every edit above it, the spec does not.</summary>
internal sealed record Place(string Path, int Start, int Length, int Line, int Column, int EndLine, int EndColumn)
{
    public static Place Of(Location location)
    {
        FileLinePositionSpan lines = location.GetLineSpan();
        return new Place(
            lines.Path,
            location.SourceSpan.Start,
            location.SourceSpan.Length,
            lines.StartLinePosition.Line,
            lines.StartLinePosition.Character,
            lines.EndLinePosition.Line,
            lines.EndLinePosition.Character);
    }

    /// <summary>The location in the given trees, so that <c>#pragma warning disable</c> is respected; by path alone where the tree is gone.</summary>
    public Location ToLocation(IReadOnlyDictionary<string, SyntaxTree> trees)
    {
        TextSpan span = new(Start, Length);
        return trees.TryGetValue(Path, out SyntaxTree? tree) && tree.Length >= span.End
            ? Location.Create(tree, span)
            : Location.Create(Path, span, new LinePositionSpan(new LinePosition(Line, Column), new LinePosition(EndLine, EndColumn)));
    }
}
