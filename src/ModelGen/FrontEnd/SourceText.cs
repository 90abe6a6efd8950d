using System.Text;
using Microsoft.CodeAnalysis;

namespace ModelGen.FrontEnd;

/// <summary>The user's own text on one line: comments are dropped, white space between two tokens becomes one blank.</summary>
internal static class SourceText
{
    public static string Of(SyntaxNode node)
    {
        StringBuilder text = new();
        bool blank = false;
        foreach (SyntaxToken token in node.DescendantTokens())
        {
            blank |= token.HasLeadingTrivia && text.Length > 0;
            text.Append(blank ? " " : "").Append(token.Text);
            blank = token.HasTrailingTrivia;
        }

        return text.ToString();
    }
}
