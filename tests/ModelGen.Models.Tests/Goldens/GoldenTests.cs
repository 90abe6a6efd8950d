using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using ModelGen.Entries;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Goldens;

/// <summary>Every op against PyTorch: compiled values, eager values and compiled gradients.</summary>
[OnEveryDevice]
public sealed class GoldenTests
{
    private static readonly GoldenFile Golden = GoldenFile.Read("ops.safetensors");

    public static TheoryData<string> Ops() => [.. GoldenCase.All.Select(row => row.Op).Distinct()];

    [Theory]
    [MemberData(nameof(Ops))]
    public void AgreesWithPyTorch(string op)
    {
        GoldenCase[] rows = Tried([.. GoldenCase.All.Where(row => row.Op == op)]);
        string source = string.Concat(rows.Select((row, index) => GoldenModel.Source(row, Name(index), Golden[row.Name + "/y"]!)));
        CompiledModels compiled = CompiledModels.Compile(source);
        List<string> differences = [.. rows.SelectMany((row, index) => Check(row, compiled.Create(Name(index))))];
        Assert.True(differences.Count == 0, $"{differences.Count} differences in {rows.Length} rows:\n" + string.Join("\n", differences.Take(20)));
    }

    /// <summary>All rows; on a device, where each compiles kernels of its own, so many of each op as <c>MODELGEN_GOLDEN_ROWS</c> says, from its first row to its last.</summary>
    private static GoldenCase[] Tried(GoldenCase[] rows) =>
        TestDevice.Current.Kind != DeviceKind.Cpu && int.TryParse(Environment.GetEnvironmentVariable("MODELGEN_GOLDEN_ROWS"), CultureInfo.InvariantCulture, out int most) && most < rows.Length
            ? [.. Enumerable.Range(0, most).Select(index => rows[index * (rows.Length - 1) / Math.Max(most - 1, 1)])]
            : rows;

    private static string Name(int index) => "Case" + index.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Check(GoldenCase row, Model model)
    {
        using (model)
        {
            foreach (GoldenInput parameter in row.Parameters)
            {
                Golden[$"{row.Name}/{parameter.Name}"]!.Values.CopyTo(model.Parameters["Layer." + parameter.Name].Values);
            }

            GoldenTensor y = Golden[row.Name + "/y"]!;
            IEnumerable<string?> found = [Closeness.Difference(row.Name + " compiled y", y.Numbers, Forward(row, model), row.Tolerance), .. Eager(row, model, y), .. Gradients(row, model)];
            return found.Where(difference => difference is not null).Select(difference => difference!).ToList();
        }
    }

    private static float[] Forward(GoldenCase row, Model model)
    {
        object[] arguments = [.. row.Inputs.Select(input => Shaped.Array(Golden[$"{row.Name}/{input.Name}"]!))];
        MethodInfo method = model.GetType().GetMethods().First(method => method.Name == "Result" && method.ReturnType != typeof(void));
        return Shaped.Flat(method.Invoke(model, arguments)!);
    }

    private static IEnumerable<string?> Eager(GoldenCase row, Model model, GoldenTensor y)
    {
        object eager = model.GetType().GetProperty("Eager")!.GetValue(model)!;
        object[] arguments = [.. row.Inputs.Select(input => Shaped.Tensor(Golden[$"{row.Name}/{input.Name}"]!))];
        object result = eager.GetType().GetMethod("Result")!.Invoke(eager, arguments)!;
        float[] numbers = result is Tensor<int> ints ? [.. ints.ToArray()] : ((Tensor)result).ToArray();
        yield return Closeness.Difference(row.Name + " eager y", y.Numbers, numbers, row.Tolerance);
    }

    private static IEnumerable<string?> Gradients(GoldenCase row, Model model)
    {
        if (!row.HasGradient)
        {
            yield break;
        }

        foreach (GoldenInput input in row.Inputs.Where(input => !input.IsInt))
        {
            Golden[$"{row.Name}/{input.Name}"]!.Values.CopyTo(model.Parameters["P" + input.Name].Values);
        }

        LossEntry entry = (LossEntry)model.Description.Entries.Single(entry => entry.Name == "Check");
        DataColumn[] columns = [.. entry.Inputs.Select(input => Column(row, input.Name))];
        Dataset data = new(entry, [], columns);
        Batch batch = data.NewBatch(1);
        data.Fill(batch, [0]);
        model.Gradients(entry, batch);
        foreach (GoldenInput input in row.Inputs.Where(input => input.HasGradient && !input.IsInt))
        {
            yield return Closeness.Difference($"{row.Name} d{input.Name}", Golden[$"{row.Name}/d{input.Name}"]!.Values, model.Parameters["P" + input.Name].Gradient, row.Tolerance);
        }

        foreach (GoldenInput parameter in row.Parameters)
        {
            yield return Closeness.Difference(
                $"{row.Name} d{parameter.Name}", Golden[$"{row.Name}/d{parameter.Name}"]!.Values, model.Parameters["Layer." + parameter.Name].Gradient, row.Tolerance);
        }
    }

    private static DataColumn Column(GoldenCase row, string name) =>
        name == "dy" ? Golden[$"{row.Name}/dy"]!.Values : Golden[$"{row.Name}/{name[..^1]}"]!.Ints;
}
