using System;
using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>Progress in words: <c>epoch 3/10  step 188/188  loss 0.4123  25,310 examples/s  1:23 left</c>.</summary>
internal static class ProgressLine
{
    public static string Of(in TrainingProgress progress)
    {
        var line = new StringBuilder();
        Append(line, $"epoch {progress.Epoch}/{progress.Epochs}  step {progress.Step}/{progress.StepsPerEpoch}  loss {progress.Loss:F4}");
        if (progress.Finished is EpochRecord epoch)
        {
            AppendValidation(line, epoch);
        }

        Append(line, $"  {progress.ExamplesPerSecond:N0} examples/s  {Clock(progress.Remaining)} left");
        return line.ToString();
    }

    private static void AppendValidation(StringBuilder line, EpochRecord epoch)
    {
        if (epoch.ValidationLoss is double loss)
        {
            Append(line, $"  validation {loss:F4}");
        }

        foreach ((string name, double value) in epoch.Metrics)
        {
            Append(line, $"  {name} {value:F4}");
        }
    }

    private static string Clock(TimeSpan time)
    {
        string pattern = time.TotalHours >= 1 ? @"\:mm\:ss" : @"m\:ss";
        string hours = time.TotalHours >= 1 ? FormattableString.Invariant($"{(long)time.TotalHours}") : string.Empty;
        return hours + time.ToString(pattern, CultureInfo.InvariantCulture);
    }

    private static void Append(StringBuilder line, FormattableString text) => line.Append(FormattableString.Invariant(text));
}
