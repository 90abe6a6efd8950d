using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Writes <c>X.Parameters.g.cs</c>: the description that the model's base class is given, with a row for each parameter.</summary>
internal static class ParametersWriter
{
    public static string Write(ParametersSpec spec) => TypeFile.Print(
        spec.Namespace, spec.Declaration, $"{spec.Name}: its parameters, in the order of the flat buffer", code => Description(code, spec));

    private static void Description(CodeWriter code, ParametersSpec spec)
    {
        code.Line("/// <summary>What the build knows of the model. The fingerprint is a hash of its structure: saved parameters bear it.</summary>");
        code.Line("/// <remarks>Offsets and lengths count floats. Each parameter starts as its initializer says: <c>Uniform(0.5)</c> is within ±0.5.</remarks>");
        code.Line($"private static readonly {RuntimeNames.Entries}ModelDescription {spec.Field} = new(");
        using (code.Indent())
        {
            code.Line($"Name: {EagerCalls.Literal(spec.Name.TrimStart('@'))},");
            code.Line($"Fingerprint: {EagerCalls.Literal(spec.Fingerprint)},");
            code.Line($"ParameterLength: {Number(spec.Length)},");
            code.Line("Parameters:");
            code.Line("[");
            using (code.Indent())
            {
                Rows(code, spec);
            }

            code.Line("],");
            code.Line($"Entries: [{string.Join(", ", spec.Entries.Select(entry => "Entries." + entry))}]){(spec.States.Count == 0 ? ";" : "")}");
        }

        if (spec.States.Count > 0)
        {
            States(code, spec);
        }
    }

    private static void States(CodeWriter code, ParametersSpec spec)
    {
        code.Line("{");
        using (code.Indent())
        {
            code.Line("States = new(");
            using (code.Indent())
            {
                code.Line($"Dimensions: [{string.Join(", ", spec.StateDimensions.Select(EagerCalls.Literal))}],");
                code.Line("Values:");
                code.Line("[");
                using (code.Indent())
                {
                    code.Lines(spec.States.Select(state => EntriesWriter.Describe(state) + ","));
                }

                code.Line("]),");
            }
        }

        code.Line("};");
    }

    private static void Rows(CodeWriter code, ParametersSpec spec)
    {
        string? owner = null;
        foreach ((ParameterPlan parameter, string next) in spec.Parameters.Zip(spec.Owners, (parameter, next) => (parameter, next)))
        {
            code.Lines(next == owner ? [] : owner is null ? ["// " + next] : [string.Empty, "// " + next]);
            owner = next;
            string initializer = $"{RuntimeNames.Entries}Initializer.{parameter.Initializer}({EagerCalls.Literal(parameter.Scale)})";
            code.List(
                "new",
                [EagerCalls.Literal(parameter.Name), $"Repeat: {List(parameter.Repeat)}", $"Shape: {List(parameter.Shape)}", $"Offset: {Number(parameter.Offset)}", initializer],
                ",");
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<int> numbers) => "[" + string.Join(", ", numbers.Select(number => Number(number))) + "]";
}
