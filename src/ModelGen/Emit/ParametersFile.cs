using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>Prints <c>X.Parameters.g.cs</c>: the flat buffer's contents, a line for each parameter; a repeated one is one line.</summary>
internal static class ParametersFile
{
    private const string Description = RuntimeNames.Entries + "ParameterDescription";

    /// <param name="table">The name of the method that returns the table.</param>
    /// <param name="length">The name of the constant with the buffer's length.</param>
    public static string Print(ModelPlan plan, string table, string length) =>
        TypeFile.Print(plan.Type, $"{plan.Type.Name}: its parameters in the order of the flat buffer", writer =>
        {
            writer.Line("/// <summary>The length of the flat parameter buffer in floats, gaps included.</summary>");
            writer.Line($"private const long {length} = {plan.ParameterLength.ToString(CultureInfo.InvariantCulture)}L;");
            writer.Line();
            writer.Line("/// <summary>Name, repetitions, shape, offset in the flat buffer, and first values of every parameter.</summary>");
            writer.Line($"private static global::System.Collections.Immutable.ImmutableArray<{Description}> {table}() =>");
            writer.Line("[");
            using (writer.Indent())
            {
                writer.Lines(plan.Parameters.Select(Row));
            }

            writer.Line("];");
        });

    private static string Row(ParameterPlan parameter) => string.Format(
        CultureInfo.InvariantCulture,
        "new({0}, [{1}], [{2}], {3}L, new({4}InitializerKind.{5}, {6:R}d)),",
        SymbolDisplay.FormatLiteral(parameter.Name, quote: true),
        string.Join(", ", parameter.Repeat),
        string.Join(", ", parameter.Shape),
        parameter.Offset,
        RuntimeNames.Entries,
        parameter.Initializer,
        parameter.Scale);
}
