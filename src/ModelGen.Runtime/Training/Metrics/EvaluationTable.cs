using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ModelGen;

/// <summary>An evaluation as lines of text.</summary>
internal static class EvaluationTable
{
    private const string Average = "macro average";

    public static string Write(Evaluation evaluation, IReadOnlyList<string> classNames)
    {
        var text = new StringBuilder();
        Append(text, $"loss {evaluation.Loss:F4}");
        foreach ((string name, double value) in evaluation.Metrics)
        {
            Append(text, $"  {name} {value:F4}");
        }

        Append(text, $"  ({evaluation.Examples:N0} examples)");
        if (evaluation.Classification is ClassificationReport report)
        {
            AppendClasses(text, report, classNames);
        }

        return text.ToString();
    }

    private static void AppendClasses(StringBuilder text, ClassificationReport report, IReadOnlyList<string> classNames)
    {
        string[] names = [.. report.Classes.Select(score => NameOf(score.Index, classNames))];
        int width = Math.Max(Average.Length, names.Max(name => name.Length));
        Append(text, $"\n\n{"class".PadRight(width)}  precision  recall      F1   support\n");
        foreach (ClassScore score in report.Classes)
        {
            AppendRow(text, names[score.Index].PadRight(width), score.Precision, score.Recall, score.F1, score.Support);
        }

        AppendRow(text, Average.PadRight(width), report.MacroPrecision, report.MacroRecall, report.MacroF1, report.Labels);
        text.Length--;
    }

    private static void AppendRow(StringBuilder text, string name, double precision, double recall, double f1, long support) =>
        Append(text, $"{name}  {precision,9:F4}  {recall,6:F4}  {f1,6:F4}  {support,8:N0}\n");

    private static string NameOf(int index, IReadOnlyList<string> names) =>
        index < names.Count ? names[index] : index.ToString(CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line));
}
