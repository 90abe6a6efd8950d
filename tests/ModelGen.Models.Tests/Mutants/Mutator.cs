using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Models.Tests.Mutants;

/// <summary>Changes a source as a user's slips and afterthoughts do: another number, name or word, something more, something less, something elsewhere.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly string[] Numbers = ["0", "1", "2", "3", "4", "5", "7", "-1", "-2", "17", "100", "0.5", "1e-3", "2f", "-0.25", "1e30", "double.NaN"];

    private static readonly string[] Unary =
        ["Relu", "Tanh", "Sigmoid", "Gelu", "Exp", "Abs", "Sqrt", "Log", "Square", "Sum", "Mean", "Max", "Softmax", "LogSoftmax", "StopGradient", "Floor", "Sign", "Erf", "HardSwish", "Rsqrt"];

    private static readonly string[] Attributes =
        ["Dense(3)", "Dense(4)", "Dense(\"2*width\")", "Dense(2, Bias = false)", "Dropout(0.5)", "LayerNorm", "Embedding(9, 4)", "Position(8)", "Lstm(3)", "Gru(5)", "Rnn(5)", "Relu", "Gelu", "Softmax", "Forward", "Loss", "Metric", "Recurrent", "Module", "Model", "Repeat(2)", "Parameter(3)", "Obsolete"];

    private static readonly string[] Dims = ["\"batch\"", "\"time\"", "\"width\"", "\"2*batch\"", "\"batch + 1\"", "\"\"", "\"3\"", "\"batch/2\"", "3", "4", "1", "0"];

    /// <summary>A source with one change, or two.</summary>
    public string Mutate(string source)
    {
        string mutant = source;
        for (int changes = random.Next(4) == 0 ? 2 : 1; changes > 0;)
        {
            SyntaxNode root = CSharpSyntaxTree.ParseText(mutant, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
            string changed = Change(root, mutant);
            if (changed != mutant)
            {
                mutant = changed;
                changes--;
            }
        }

        return mutant;
    }

    private string Change(SyntaxNode root, string text) => random.Next(22) switch
    {
        0 or 1 => Replace<LiteralExpressionSyntax>(root, text, literal => literal.IsKind(SyntaxKind.NumericLiteralExpression), _ => Pick(Numbers)),
        2 => Replace<LiteralExpressionSyntax>(root, text, literal => literal.IsKind(SyntaxKind.StringLiteralExpression), _ => Pick(Dims)),
        3 => Replace<IdentifierNameSyntax>(root, text, name => name.Parent is not (AttributeSyntax or NameEqualsSyntax), _ => Name(root)),
        4 => Replace<IdentifierNameSyntax>(root, text, IsValue, Value),
        5 => Replace<InvocationExpressionSyntax>(root, text, _ => true, call => Pick(Unary) + call.ArgumentList),
        6 => Replace<BinaryExpressionSyntax>(root, text, _ => true, binary => $"{binary.Left} {Pick("+", "-", "*", "/", ">", "==")} {binary.Right}"),
        7 => Replace<BinaryExpressionSyntax>(root, text, _ => true, binary => $"{binary.Right} {binary.OperatorToken} {binary.Left}"),
        8 => Replace<ArgumentListSyntax>(root, text, list => list.Arguments.Count > 1, Turn),
        9 => Replace<ArgumentListSyntax>(root, text, list => list.Arguments.Count > 0, Fewer),
        10 => Replace<ArgumentListSyntax>(root, text, list => list.Arguments.Count > 0, list => $"({string.Join(", ", list.Arguments.Append(Pick([.. list.Arguments])))})"),
        11 => Replace<StatementSyntax>(root, text, statement => statement is not BlockSyntax, _ => string.Empty),
        12 => Replace<StatementSyntax>(root, text, statement => statement is not BlockSyntax, statement => $"{statement} {statement}"),
        13 => Swap<StatementSyntax>(root, text, statement => statement is not BlockSyntax),
        14 => Replace<ExpressionSyntax>(root, text, IsValue, Wrapped),
        15 => Replace<StatementSyntax>(root, text, statement => statement is ExpressionStatementSyntax or ReturnStatementSyntax, Nested),
        16 => Replace<AttributeListSyntax>(root, text, _ => true, list => random.Next(3) switch { 0 => string.Empty, 1 => $"{list}{list}", _ => $"[{Pick(Attributes)}]" }),
        17 => Swap<AttributeListSyntax>(root, text, _ => true),
        18 => Replace<TypeSyntax>(root, text, type => type.ToString() is "Tensor" or "Tensor<int>" or "var", _ => Pick("Tensor", "Tensor<int>", "var", "float", "Tensor<float>", "Tensor[]", "(Tensor, Tensor)")),
        19 => Replace<MemberDeclarationSyntax>(root, text, member => member.Parent is TypeDeclarationSyntax, member => random.Next(2) == 0 ? string.Empty : $"{member}\n{member}"),
        20 => Modifier(root, text),
        _ => Replace<ExpressionSyntax>(root, text, IsValue, _ => Pick([.. root.DescendantNodes().OfType<ExpressionSyntax>().Where(IsValue)]).ToString()),
    };

    /// <summary>Whether an expression stands where tensors do: in a method's body, and is no name of something that is called.</summary>
    private static bool IsValue(ExpressionSyntax expression) =>
        expression.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not null && expression.FirstAncestorOrSelf<AttributeSyntax>() is null && expression is not (TypeSyntax and not IdentifierNameSyntax) && expression.Parent is
            ArgumentSyntax or BinaryExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or ParenthesizedExpressionSyntax or AssignmentExpressionSyntax;

    private static string Edit(string text, TextSpan span, string replacement) => text[..span.Start] + replacement + text[span.End..];

    private string Wrapped(ExpressionSyntax expression) => random.Next(10) switch
    {
        0 => $"-({expression})",
        1 => $"(({expression}) + ({expression}))",
        2 => $"({expression})[{Pick("0", "..", "1..", "^1", "0..1", ".., 0", "..^1", "5..2")}]",
        3 => $"Permute({expression}, {Pick("0, 1", "1, 0", "0, 2, 1", "2, 1, 0")})",
        4 => $"Reshape({expression}, {Pick("-1", "-1, 1", "1, -1", "2, 3")})",
        5 => $"Concat({Pick("0", "1", "-1")}, {expression}, {expression})",
        6 => $"MatMul({expression}, {expression})",
        7 => $"Where(Greater({expression}, 0), {expression}, 1)",
        8 => $"Sum({expression}, {Pick("0", "1", "-1", "3")}, keepDims: {Pick("true", "false")})",
        _ => $"{Pick(Unary)}({expression})",
    };

    private string Nested(StatementSyntax statement) => random.Next(6) switch
    {
        0 => $"if (Training) {{ {statement} }}",
        1 => $"for (int i = 0; i < {Pick("2", "3", "0")}; i++) {{ {statement} }}",
        2 => $"{{ {statement} }}",
        3 => $"if ({Pick("1 > 2", "true", "x", "Training && true", "x.Shape[0] > 1")}) {{ {statement} }} else {{ {statement} }}",
        4 => $"while (true) {{ {statement} }}",
        _ => $"try {{ {statement} }} finally {{ }}",
    };

    private string Turn(ArgumentListSyntax list)
    {
        ArgumentSyntax[] arguments = [.. list.Arguments];
        random.Shuffle(arguments);
        return $"({string.Join(", ", (IEnumerable<ArgumentSyntax>)arguments)})";
    }

    private string Fewer(ArgumentListSyntax list)
    {
        int gone = random.Next(list.Arguments.Count);
        return $"({string.Join(", ", list.Arguments.Where((_, index) => index != gone))})";
    }

    private string Modifier(SyntaxNode root, string text)
    {
        SyntaxToken[] modifiers = [.. root.DescendantTokens().Where(token => token.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.PartialKeyword or SyntaxKind.StaticKeyword or SyntaxKind.SealedKeyword or SyntaxKind.PublicKeyword)];
        return modifiers.Length == 0 ? text : Edit(text, Pick(modifiers).Span, Pick(string.Empty, "static", "public", "internal", "abstract", "virtual", "readonly"));
    }

    /// <summary>The name of another value of the same method.</summary>
    private string Value(IdentifierNameSyntax name) =>
        Pick([.. name.FirstAncestorOrSelf<MethodDeclarationSyntax>()!.DescendantNodes().OfType<IdentifierNameSyntax>().Where(IsValue).Select(value => value.Identifier.Text)]);

    /// <summary>A name that occurs in the source.</summary>
    private string Name(SyntaxNode root) => Pick([.. root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken))]).Text;

    private string Replace<T>(SyntaxNode root, string text, Func<T, bool> isIt, Func<T, string> by)
        where T : SyntaxNode
    {
        T[] nodes = [.. root.DescendantNodes().OfType<T>().Where(isIt)];
        if (nodes.Length == 0)
        {
            return text;
        }

        T node = Pick(nodes);
        return Edit(text, node.Span, by(node));
    }

    private string Swap<T>(SyntaxNode root, string text, Func<T, bool> isIt)
        where T : SyntaxNode
    {
        T[] nodes = [.. root.DescendantNodes().OfType<T>().Where(isIt)];
        if (nodes.Length == 0)
        {
            return text;
        }

        (T a, T b) = (Pick(nodes), Pick(nodes));
        (T first, T second) = a.SpanStart <= b.SpanStart ? (a, b) : (b, a);
        return first.Span.End > second.SpanStart ? text : Edit(Edit(text, second.Span, first.ToString()), first.Span, second.ToString());
    }

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
