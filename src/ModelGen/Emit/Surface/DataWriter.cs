using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Writes for every loss the method that makes a dataset: <c>Data(input, target)</c>, with several losses <c>{Loss}Data</c>.</summary>
internal static class DataWriter
{
    private const string Memory = "global::System.ReadOnlyMemory<";

    public static void Write(CodeWriter code, SurfaceSpec spec)
    {
        List<EntrySpec> losses = [.. spec.Entries.Where(entry => entry.Role == MethodRole.Loss)];
        foreach (EntrySpec loss in losses.Where(_ => !spec.Names.Taken.Contains("Data")))
        {
            code.Line();
            Write(code, spec, loss, losses.Count == 1 ? "Data" : loss.Name + "Data");
        }
    }

    private static void Write(CodeWriter code, SurfaceSpec spec, EntrySpec loss, string name)
    {
        EntrySignature signature = new(loss);
        string? batch = loss.Inputs is [{ Dims: [string first, ..] }, ..] ? first : null;
        List<string> others = [.. loss.Dimensions.Where(dimension => dimension != batch)];
        Docs.Summary(code, $"Examples for the loss <c>{loss.Name}</c>. The arrays are not copied.");
        for (int i = 0; i < loss.Inputs.Count; i++)
        {
            Docs.Parameter(code, signature.Inputs[i], $"The values of {Docs.Shape(loss.Inputs[i])} of all examples, in row-major order.");
        }

        others.ForEach(dimension => Docs.Parameter(code, signature.SizeOf(dimension), $"The size of the dimension <c>{dimension}</c>."));
        Docs.Returns(code, "The examples, for <c>Fit</c> and <c>Evaluate</c>.");
        IEnumerable<string> parameters = signature.Inputs.Zip(
            loss.Inputs,
            (input, tensor) => Memory + EntrySignature.ElementType(tensor) + "> " + input)
            .Concat(others.Select(dimension => "int " + signature.SizeOf(dimension)));
        string arguments = string.Join(
            ", ",
            new[] { "Entries." + loss.Name, "[" + string.Join(", ", others.Select(signature.SizeOf)) + "]" }.Concat(signature.Inputs));
        code.List($"public static global::ModelGen.Dataset {name}", [.. parameters], " =>");
        using (code.Indent())
        {
            code.Line(spec.Error is null ? $"new({arguments});" : Docs.Throw(spec) + ";");
        }
    }
}
