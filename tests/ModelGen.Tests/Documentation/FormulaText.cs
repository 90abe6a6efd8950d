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

    private const int Readable = 70;
    private static readonly string[] Shared = ["u", "v", "w"];

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

    /// <summary>The formula's text. In a long one, what stands there several times gets a name: <c>u · (u + 2), where u = exp(x)</c>.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="names">What the formula's inputs are called.</param>
    public static string Of(Scalar formula, IReadOnlyList<string> names)
    {
        List<string> known = [.. names];
        List<Scalar> shared = [];
        while (Write(formula, known).Text.Length > Readable && shared.Count < Shared.Length && MostRepeated(formula, known) is { } part)
        {
            formula = Replace(formula, part, new ScalarInput(known.Count));
            known.Add(Shared[shared.Count]);
            shared.Add(part);
        }

        string where = string.Join(", ", shared.Select((part, index) => $"{Shared[index]} = {Write(part, known).Text}").Reverse());
        return Write(formula, known).Text + (shared.Count == 0 ? string.Empty : ", where " + where);
    }

    /// <summary>The part that takes the most room by standing there again, or null.</summary>
    private static ScalarCall? MostRepeated(Scalar formula, List<string> names) => Calls(formula).GroupBy(call => call)
        .Where(same => same.Count() > 1)
        .MaxBy(same => (same.Count() - 1) * Write(same.Key, names).Text.Length)?.Key;

    private static IEnumerable<ScalarCall> Calls(Scalar formula) => formula is ScalarCall call ? call.Arguments.SelectMany(Calls).Prepend(call) : [];

    private static Scalar Replace(Scalar formula, Scalar part, Scalar by) => formula == part ? by
        : formula is ScalarCall call ? new ScalarCall(call.Op, [.. call.Arguments.Select(argument => Replace(argument, part, by))])
        : formula;

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
            _ => ($"{Functions.GetValueOrDefault(op, call.Op.Name.ToLowerInvariant())}({string.Join(", ", call.Arguments.Select(argument => Write(argument, names).Text))})", Atom),
        };
    }

    private static string At(ScalarCall call, int argument, IReadOnlyList<string> names, int level)
    {
        (string text, int own) = Write(call.Arguments[argument], names);
        return own < level ? $"({text})" : text;
    }

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);
}
