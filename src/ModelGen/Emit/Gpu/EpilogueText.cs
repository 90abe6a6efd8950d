using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Gpu;

/// <summary>Prints what is fused before a matrix product and behind it, with a struct for its sums over rows where it has any.</summary>
internal sealed class EpilogueText : ThreadBody
{
    private readonly ProductKernel kernel;
    private readonly IReadOnlyList<string> fields;

    private EpilogueText(ProductKernel kernel, KernelScope scope, IReadOnlyList<Dim> rows)
        : base(scope, rows, "column")
    {
        this.kernel = kernel;
        NameScope names = new();
        fields = [.. kernel.Sums.Select(sum => names.Add(NameScope.Pascal(kernel.Operands[sum.Destination].Name)))];
    }

    /// <param name="sums">The name of the struct for the sums.</param>
    public static void Print(ProductKernel kernel, KernelScope scope, string type, string? sums, CodeWriter writer) =>
        new EpilogueText(kernel, scope, kernel.Rows).Print(type, sums, writer);

    protected override Fragment Outside(string name) => name is "product" or "factor" ? new(name) : base.Outside(name);

    protected override void Accumulate(Accumulate accumulate, CodeWriter writer) =>
        writer.Line(Combine(kernel.Sums[accumulate.Sum].Kind, "sums." + fields[accumulate.Sum], accumulate.Value));

    private void Print(string type, string? sums, CodeWriter writer)
    {
        CodeWriter instructions = new(margin: 16);
        Print(kernel.Epilogue, instructions);
        CodeWriter text = new(margin: 12);
        if (kernel.Parts > 1)
        {
            PrintParts(instructions, text);
            KernelStruct.Print(Scope, type, RuntimeNames.Gpu + "IGpuPartsEpilogue", text, writer);
            return;
        }

        using (text.Block($"public void Apply(int row, int column, float product{(sums is null ? string.Empty : $", ref {sums} sums")})"))
        {
            text.Lines(Starts);
            text.Append(instructions);
        }

        string before = string.Empty;
        if (kernel.Prologue is { } prologue)
        {
            new EpilogueText(kernel, Scope, prologue.Rows).Print(prologue, text);
            before = $", {RuntimeNames.Gpu}IGpuPrologue";
        }

        if (sums is null)
        {
            KernelStruct.Print(Scope, type, $"{RuntimeNames.Gpu}IGpuEpilogue{before}", text, writer);
            return;
        }

        PrintSums(sums, text);
        KernelStruct.Print(Scope, type, $"{RuntimeNames.Gpu}IGpuEpilogue<{sums}>{before}", text, writer);
        writer.Line();
        using (writer.Block("private struct " + sums))
        {
            writer.Lines(fields.Select(field => $"public float {field};"));
        }
    }

    private void PrintParts(CodeWriter instructions, CodeWriter text)
    {
        text.Line($"public static int Parts => {kernel.Parts};");
        text.Line();
        using (text.Block($"public void Apply(int row, int column, {RuntimeNames.Gpu}GpuParts products)"))
        {
            text.Lines(Starts);
            text.Append(instructions);
        }
    }

    private void Print(FactorBody prologue, CodeWriter text)
    {
        CodeWriter instructions = new(margin: 16);
        Print(prologue.Body, instructions);
        string value = Text(prologue.Value);
        text.Line();
        using (text.Block("public float Read(int row, int column, float factor)"))
        {
            text.Lines(Starts);
            text.Append(instructions);
            text.Line($"return {value};");
        }
    }

    private void PrintSums(string type, CodeWriter text)
    {
        string start = string.Join(", ", kernel.Sums.Select((sum, index) => $"{fields[index]} = {ReductionForm.Of(sum.Kind).Start}"));
        text.Line();
        text.Line($"public {type} Begin() => new() {{ {start} }};");
        text.Line();
        using (text.Block($"public void Combine(ref {type} sums, {type} other)"))
        {
            text.Lines(kernel.Sums.Select((sum, index) => Combine(sum.Kind, "sums." + fields[index], "other." + fields[index])));
        }

        text.Line();
        using (text.Block($"public void End(int block, int column, {type} sums)"))
        {
            text.Lines(kernel.Sums.Select((sum, index) =>
                $"{Scope.Operand(sum.Partials)}[{AddressText.Sum(AddressText.Times("block", sum.Columns, Scope.Dim(sum.Columns)), "column")}] = sums.{fields[index]};"));
        }
    }
}
