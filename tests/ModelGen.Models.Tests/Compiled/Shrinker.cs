using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Makes a source that fails smaller for as long as it fails: expressions become one of their parts, values that nobody uses and layers that nobody calls go.</summary>
internal static class Shrinker
{
    private const int MostTries = 400;

    /// <param name="fails">Whether a smaller source shows the same fault; one that does not compile shows none.</param>
    public static string Shrink(string source, Func<string, bool> fails)
    {
        string smallest = source;
        int tries = 0;
        while (tries < MostTries)
        {
            string? smaller = Smaller(smallest).TakeWhile(_ => tries++ < MostTries).FirstOrDefault(fails);
            if (smaller is null)
            {
                break;
            }

            smallest = smaller;
        }

        return smallest;
    }

    /// <summary>Every way to make a source smaller by a step, large steps first.</summary>
    private static IEnumerable<string> Smaller(string source)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
        IEnumerable<(TextSpan Span, string Text)> edits = Unused(root).Concat(Aliases(root)).Concat(Parts(root));
        return edits.OrderByDescending(edit => edit.Span.Length - edit.Text.Length).Select(edit => source[..edit.Span.Start] + edit.Text + source[edit.Span.End..]).Distinct();
    }

    /// <summary>Declarations whose names stand nowhere else.</summary>
    private static IEnumerable<(TextSpan Span, string Text)> Unused(SyntaxNode root)
    {
        ILookup<string, SyntaxToken> names = root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).ToLookup(token => token.Text);
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            string? name = node switch
            {
                LocalDeclarationStatementSyntax { Declaration.Variables: [var variable] } => variable.Identifier.Text,
                MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.PartialKeyword) => method.Identifier.Text,
                PropertyDeclarationSyntax property => property.Identifier.Text,
                _ => null,
            };
            if (name is not null && names[name].Count() == 1)
            {
                yield return (node.FullSpan, string.Empty);
            }
        }
    }

    /// <summary>A value that is another one: its name becomes the other's where it is used.</summary>
    private static IEnumerable<(TextSpan Span, string Text)> Aliases(SyntaxNode root)
    {
        foreach (LocalDeclarationStatementSyntax local in root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>())
        {
            if (local is { Declaration.Variables: [{ Initializer.Value: IdentifierNameSyntax other } variable], Parent: BlockSyntax block })
            {
                BlockSyntax renamed = block.RemoveNode(local, SyntaxRemoveOptions.KeepNoTrivia)!;
                IdentifierNameSyntax[] uses = [.. renamed.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.Text == variable.Identifier.Text)];
                yield return (block.Span, renamed.ReplaceNodes(uses, (_, use) => other.WithTriviaFrom(use)).ToString());
            }
        }
    }

    /// <summary>An expression becomes one of the values that it is made of.</summary>
    private static IEnumerable<(TextSpan Span, string Text)> Parts(SyntaxNode root) =>
        from whole in root.DescendantNodes().OfType<ExpressionSyntax>()
        where whole is InvocationExpressionSyntax or BinaryExpressionSyntax or ElementAccessExpressionSyntax or PrefixUnaryExpressionSyntax or ParenthesizedExpressionSyntax
        from part in Values(whole)
        select (whole.Span, part.ToString());

    private static IEnumerable<ExpressionSyntax> Values(ExpressionSyntax whole) => whole switch
    {
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.Select(argument => argument.Expression),
        BinaryExpressionSyntax binary => [binary.Left, binary.Right],
        ElementAccessExpressionSyntax access => [access.Expression],
        PrefixUnaryExpressionSyntax prefix => [prefix.Operand],
        ParenthesizedExpressionSyntax inner => [inner.Expression],
        _ => [],
    };
}
