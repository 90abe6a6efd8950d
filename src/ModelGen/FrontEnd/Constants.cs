using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Constants of C# as expressions, and arithmetic on them beyond what C# itself folds.</summary>
internal static class Constants
{
    /// <summary>The expression of a constant; null is the empty text.</summary>
    public static Expression Expression(ITypeSymbol? type, object? value, string text, int place) => value switch
    {
        bool truth => new BoolExpression(truth, text, place),
        string words => new StringExpression(words, text, place),
        null => new StringExpression("", text, place),
        _ when type is { TypeKind: TypeKind.Enum } => new EnumExpression(type.Name, MemberOf(type, value), text, place),
        _ => new NumberExpression(Convert.ToDouble(value, CultureInfo.InvariantCulture), value is not (float or double or decimal), text, place),
    };

    public static bool TryWhole(Expression expression, out int value)
    {
        value = expression is NumberExpression { IsInteger: true, Value: >= int.MinValue and <= int.MaxValue } number ? (int)number.Value : 0;
        return expression is NumberExpression { IsInteger: true };
    }

    /// <summary>Arithmetic and comparison of two numbers, with C#'s rounding towards zero in whole numbers.</summary>
    public static Expression? Fold(string op, NumberExpression a, NumberExpression b, string text, int place)
    {
        bool whole = a.IsInteger && b.IsInteger;
        return op switch
        {
            "<" => new BoolExpression(a.Value < b.Value, text, place),
            "<=" => new BoolExpression(a.Value <= b.Value, text, place),
            ">" => new BoolExpression(a.Value > b.Value, text, place),
            ">=" => new BoolExpression(a.Value >= b.Value, text, place),
            "==" => new BoolExpression(a.Value == b.Value, text, place),
            "!=" => new BoolExpression(a.Value != b.Value, text, place),
            "/" or "%" when whole && b.Value == 0 => null,
            "+" => new NumberExpression(a.Value + b.Value, whole, text, place),
            "-" => new NumberExpression(a.Value - b.Value, whole, text, place),
            "*" => new NumberExpression(a.Value * b.Value, whole, text, place),
            "/" => new NumberExpression(whole ? Math.Truncate(a.Value / b.Value) : a.Value / b.Value, whole, text, place),
            "%" => new NumberExpression(a.Value % b.Value, whole, text, place),
            _ => null,
        };
    }

    /// <summary>A function of <c>Math</c> or <c>MathF</c> on numbers known at build time: <c>1 / Math.Sqrt(64)</c>.</summary>
    public static double? Function(string name, double[] x) => (name, x.Length) switch
    {
        ("Sqrt", 1) => Math.Sqrt(x[0]),
        ("Exp", 1) => Math.Exp(x[0]),
        ("Log", 1) => Math.Log(x[0]),
        ("Abs", 1) => Math.Abs(x[0]),
        ("Tanh", 1) => Math.Tanh(x[0]),
        ("Floor", 1) => Math.Floor(x[0]),
        ("Ceiling", 1) => Math.Ceiling(x[0]),
        ("Pow", 2) => Math.Pow(x[0], x[1]),
        ("Min", 2) => Math.Min(x[0], x[1]),
        ("Max", 2) => Math.Max(x[0], x[1]),
        _ => null,
    };

    private static string MemberOf(ITypeSymbol type, object value) =>
        type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value))?.Name
        ?? Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
