using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace ModelGen.Models.Tests.Goldens;

/// <summary>A row of <c>cases.json</c>.</summary>
/// <param name="Words">The expression in ModelGen's words; null for a layer.</param>
/// <param name="Layer">The layer's attribute; null for an expression.</param>
/// <param name="Declares">What the layer's method returns, and its name and parameters; null where it takes one tensor and gives one.</param>
internal sealed record GoldenCase(string Name, string Op, string? Words, string? Layer, string? Declares, IReadOnlyList<GoldenInput> Inputs, IReadOnlyList<GoldenInput> Parameters, bool HasGradient, double Tolerance)
{
    public static IReadOnlyList<GoldenCase> All { get; } = Read();

    /// <summary>Gets the expression with the inputs' names, or the layer's call.</summary>
    public string Expression => Words ?? $"Layer({Inputs[0].Name})";

    private static List<GoldenCase> Read()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenFile.Folder, "cases.json")));
        return [.. document.RootElement.EnumerateArray().Select(Row)];
    }

    private static GoldenCase Row(JsonElement row) => new(
        row.GetProperty("name").GetString()!,
        row.GetProperty("op").GetString()!,
        row.TryGetProperty("words", out JsonElement words) ? words.GetString() : null,
        row.TryGetProperty("layer", out JsonElement layer) ? layer.GetString() : null,
        row.TryGetProperty("declares", out JsonElement declares) ? declares.GetString() : null,
        [.. row.GetProperty("inputs").EnumerateObject().Select(input => Input(input.Name, input.Value))],
        row.TryGetProperty("parameters", out JsonElement parameters)
            ? [.. parameters.EnumerateObject().Select(parameter => new GoldenInput(parameter.Name, Shape(parameter.Value), false, true))]
            : [],
        !row.TryGetProperty("gradient", out JsonElement gradient) || gradient.GetBoolean(),
        row.TryGetProperty("tolerance", out JsonElement tolerance) ? tolerance.GetDouble() : 1e-5);

    private static GoldenInput Input(string name, JsonElement input) => new(
        name,
        Shape(input.GetProperty("shape")),
        input.TryGetProperty("type", out JsonElement type) && type.GetString() == "int",
        !input.TryGetProperty("gradient", out JsonElement gradient) || gradient.GetBoolean());

    private static int[] Shape(JsonElement shape) => [.. shape.EnumerateArray().Select(dim => dim.GetInt32())];
}

/// <summary>An input of a row, or a parameter of its layer.</summary>
internal sealed record GoldenInput(string Name, int[] Shape, bool IsInt, bool HasGradient);
