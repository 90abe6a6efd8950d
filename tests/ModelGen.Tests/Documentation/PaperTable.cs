using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelGen.Schedule;

namespace ModelGen.Tests.Documentation;

/// <summary>A training step on paper: what each kernel moves and calculates, and what part of two devices' ceilings it is predicted to reach.</summary>
internal sealed class PaperTable
{
    /// <summary>What Adam does to a parameter: reads it, its gradient and two averages, writes all but the gradient.</summary>
    private const int AdamBytes = 28, AdamOperations = 16;

    private static readonly PaperDevice[] Devices = [PaperDevice.A100, PaperDevice.H100];
    private readonly List<Row> rows = [];
    private readonly Func<string, long> size;

    private PaperTable(Program program, long batch)
    {
        size = name => name == "batch" ? batch : throw new ArgumentException($"The size of {name} is not said.", nameof(name));
        Add(program.Steps, 1);
        long parameters = program.Storages.Where(storage => storage.Kind == StorageKind.Gradient).Sum(storage => storage.Length.Evaluate(size));
        rows.Add(new("Adam", "the update of the parameters", 1, new(AdamBytes * parameters, AdamOperations * parameters), null));
    }

    /// <summary>The table of a training path whose only open dimension is <c>batch</c>.</summary>
    public static string Of(Program program, long batch) => new PaperTable(program, batch).Print();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private void Add(IEnumerable<Step> steps, long times)
    {
        foreach (Step step in steps)
        {
            if (step is LoopStep loop)
            {
                Add(loop.Body, times * loop.Count.Evaluate(size));
            }
            else if (step is KernelStep { Kernel: Kernel kernel })
            {
                string fused = kernel.Comment.SingleOrDefault(line => line.StartsWith("Fused: ", StringComparison.Ordinal))?["Fused: ".Length..] ?? "Concat";
                rows.Add(new(kernel.Name, fused, times, KernelCost.Of(kernel, size), kernel));
            }
        }
    }

    private string Print()
    {
        StringBuilder text = new();
        text.Append("| kernel | what it does | kB | 1000 operations | launches |");
        text.AppendJoin(string.Empty, Devices.Select(device => $" {device.Name}: floor, µs | predicted, µs | of the ceiling |")).Append('\n');
        text.Append("|---|---|---:|---:|---:|").Insert(text.Length, "---:|---:|---:|", Devices.Length).Append('\n');
        foreach (Row row in rows)
        {
            Print($"`{row.Name}`", row.Times == 1 ? row.What : $"{row.What}, {row.Times} times", [row], text);
        }

        Print("all", string.Empty, rows, text);
        return text.ToString();
    }

    private void Print(string name, string what, IReadOnlyList<Row> of, StringBuilder text)
    {
        double bytes = of.Sum(row => row.Times * row.Cost.Bytes), operations = of.Sum(row => row.Times * row.Cost.Operations);
        long launches = of.Sum(row => row.Times * Devices[0].Launches(row.Kernel, size));
        text.Append($"| {name} | {what} | {Number(bytes / 1e3, "N1")} | {Number(operations / 1e3, "N1")} | {launches} |");
        foreach (PaperDevice device in Devices)
        {
            double floor = of.Sum(row => row.Times * device.Floor(row.Cost)), predicted = of.Sum(row => row.Times * device.Predict(row.Kernel, row.Cost, size));
            text.Append($" {Number(1e6 * floor, "N2")} | {Number(1e6 * predicted, "N1")} | {Number(100 * floor / predicted, "N1")} % |");
        }

        text.Append('\n');
    }

    private sealed record Row(string Name, string What, long Times, KernelCost Cost, Kernel? Kernel);
}
