using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ModelGen;

/// <content>The history as a table.</content>
public sealed partial class History
{
    /// <summary>Writes a comma-separated table: a row for every step; an epoch's columns are filled in the row of its last step.</summary>
    /// <remarks>The columns: step, epoch, loss, learning_rate, epoch_loss, validation_loss, one for each metric, seconds. Numbers have a
    /// decimal point in every culture.</remarks>
    /// <param name="path">The file to write.</param>
    public void WriteCsv(string path)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        WriteCsv(writer);
    }

    /// <summary>Writes the table of <see cref="WriteCsv(string)"/> to a writer.</summary>
    /// <param name="writer">The writer.</param>
    public void WriteCsv(TextWriter writer)
    {
        string[] metrics = [.. epochs.SelectMany(epoch => epoch.Metrics.Keys).Distinct()];
        Dictionary<long, EpochRecord> ends = epochs.ToDictionary(epoch => epoch.LastStep);
        writer.WriteLine(Line(["step", "epoch", "loss", "learning_rate", "epoch_loss", "validation_loss", .. metrics, "seconds"]));
        foreach (StepRecord step in steps)
        {
            ends.TryGetValue(step.Step, out EpochRecord? end);
            writer.WriteLine(Line([
                Text(step.Step), Text(step.Epoch), Text(step.Loss), Text(step.LearningRate),
                Text(end?.Loss), Text(end?.ValidationLoss), .. metrics.Select(name => Text(Metric(end, name))), Text(end?.Seconds),
            ]));
        }
    }

    private static double? Metric(EpochRecord? epoch, string name) =>
        epoch is not null && epoch.Metrics.TryGetValue(name, out double value) ? value : null;

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted));

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? string.Empty;
}
