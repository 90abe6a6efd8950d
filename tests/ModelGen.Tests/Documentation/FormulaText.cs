using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Ops;

namespace ModelGen.Tests.Documentation;

/// <summary>A formula of an elementwise op as people write it: <c>dy · (1 − y · y)</c>.</summary>
internal static class FormulaText
{
    private const int Choice = 0, Relation = 1, Sum = 2, Product = 3, Sign = 4, Atom = 5;

    private static readonly Dictionary<Type, (string Sign, int Level)> Infix = new()
    {
        [typeof(Add)] = ("+", Sum),
        [typeof(Sub)] = ("−", Sum),
        [typeof(Mul)] = ("·", Product),
        [typeof(Div)] = ("/", Product),
        [typeof(Greater)] = (">", Relation),
        [typeof(GreaterEqual)] = ("≥", Relation),
        [typeof(Less)] = ("<", Relation),
        [typeof(LessEqual)] = ("≤", Relation),
        [typeof(Equal)] = ("=", Relation),
        [typeof(NotEqual)] = ("≠", Relation),
    };

    private static readonly Dictionary<Type, string> Functions = new() { [typeof(NormalCdf)] = "Φ", [typeof(Maximum)] = "max", [typeof(Minimum)] = "min" };

    /// <param name="names">What the formula's inputs are called.</param>
    public static string Of(Scalar formula, IReadOnlyList<string> names) => Write(formula, names).Text;

    private static (string Text, int Level) Write(Scalar formula, IReadOnlyList<string> names) => formula switch
    {
        ScalarInput input => (names[input.Index], Atom),
        ScalarConstant constant => (Number(constant.Value), constant.Value < 0 ? Sign : Atom),
        ScalarCall call => Write(call, names),
        _ => throw new NotSupportedException(formula.GetType().Name),
    };

    private static (string Text, int Level) Write(ScalarCall call, IReadOnlyList<string> names)
    {
        Type op = call.Op.GetType();
        if (Infix.TryGetValue(op, out (string Sign, int Level) infix))
        {
            return ($"{At(call, 0, names, infix.Level)} {infix.Sign} {At(call, 1, names, infix.Level + 1)}", infix.Level);
        }

        return call.Op switch
        {
            Neg => ("−" + At(call, 0, names, Sign), Sign),
            Abs => ($"|{At(call, 0, names, Choice)}|", Atom),
            Where => ($"{At(call, 0, names, Relation)} ? {At(call, 1, names, Relation)} : {At(call, 2, names, Choice)}", Choice),
            _ => ($"{Functions.GetValueOrDefault(op, call.Op.Name.ToLowerInvariant())}({string.Join(", ", call.Arguments.Select(argument => Of(argument, names)))})", Atom),
        };
    }

    private static string At(ScalarCall call, int argument, IReadOnlyList<string> names, int level)
    {
        (string text, int own) = Write(call.Arguments[argument], names);
        return own < level ? $"({text})" : text;
    }

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);
}
