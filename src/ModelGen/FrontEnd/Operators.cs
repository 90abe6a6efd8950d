using Microsoft.CodeAnalysis.Operations;

namespace ModelGen.FrontEnd;

/// <summary>The operators that the compiler knows, as C# writes them.</summary>
internal static class Operators
{
    public static string? Of(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "+",
        BinaryOperatorKind.Subtract => "-",
        BinaryOperatorKind.Multiply => "*",
        BinaryOperatorKind.Divide => "/",
        BinaryOperatorKind.Remainder => "%",
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        BinaryOperatorKind.Equals => "==",
        BinaryOperatorKind.NotEquals => "!=",
        BinaryOperatorKind.ConditionalAnd => "&&",
        BinaryOperatorKind.ConditionalOr => "||",
        _ => null,
    };

    public static string? Of(UnaryOperatorKind kind) => kind switch
    {
        UnaryOperatorKind.Minus => "-",
        UnaryOperatorKind.Not => "!",
        _ => null,
    };

    /// <summary>The word that compares element by element.</summary>
    public static string? WordOf(string comparison) => comparison switch
    {
        "<" => "Less",
        "<=" => "LessEqual",
        ">" => "Greater",
        ">=" => "GreaterEqual",
        "==" => "Equal",
        "!=" => "NotEqual",
        _ => null,
    };
}
