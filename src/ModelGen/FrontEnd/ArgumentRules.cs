using System;
using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What values an attribute's arguments may have, by the names that all layers share: a width is a width wherever it occurs.</summary>
internal static class ArgumentRules
{
    public static void Check(Reading reading, string attribute, Argument argument)
    {
        if (Fault(argument.Name.ToLowerInvariant(), argument.Value) is string fault)
        {
            reading.Report(
                DiagnosticCatalog.BadAttributeArgument,
                argument.Value.Place,
                attribute,
                $"{argument.Name} is {argument.Value.Text}, but {fault}");
        }
    }

    private static string? Fault(string name, Expression value) => name switch
    {
        "width" or "count" or "length" or "channels" or "heads" or "groups" or "kernel" or "layers" => FaultOfSize(value),
        "p" or "dropout" => IsNumber(value, x => x is >= 0 and < 1) ? null : "it must lie from 0 up to, but not including, 1",
        "epsilon" => IsNumber(value, x => x > 0 && x < double.PositiveInfinity) ? null : "it must be a small number above 0",
        "initscale" => IsNumber(value, x => !double.IsNaN(x) && !double.IsInfinity(x)) ? null : "it must be a finite number",
        _ when value is EnumExpression member => FaultOfEnum(member),
        _ => null,
    };

    private static string? FaultOfSize(Expression value) => value switch
    {
        NumberExpression number => number.Value >= 1 ? null : "it must be 1 or more",
        StringExpression text =>
            DimSyntax.IsValid(text.Value) ? null : "it must be an expression of the names of the input's dimensions, such as \"4*width\"",
        _ => "it must be a number",
    };

    private static string? FaultOfEnum(EnumExpression member) =>
        int.TryParse(member.Member, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? $"it must be a member of {member.Enum}"
            : null;

    private static bool IsNumber(Expression value, Func<double, bool> holds) => value is NumberExpression number && holds(number.Value);
}
