using System;
using System.Linq;

namespace ModelGen;

/// <summary>A value of epochs that somebody watches, by its name.</summary>
internal static class MonitoredValue
{
    /// <summary>The value after an epoch.</summary>
    /// <exception cref="ArgumentException">The epoch has none.</exception>
    public static double Of(EpochRecord epoch, string monitor, string watcher)
    {
        double? value = monitor switch
        {
            EarlyStopping.Loss => epoch.Loss,
            EarlyStopping.ValidationLoss => epoch.ValidationLoss,
            _ => epoch.Metrics.TryGetValue(monitor, out double metric) ? metric : null,
        };
        return value ?? throw new ArgumentException(
            $"{watcher} watches '{monitor}', which epoch {epoch.Epoch} of the history does not have: continue a history that was validated from its beginning, or begin a new one.");
    }

    public static bool IsHigherBetter(string monitor, bool? said) => said ?? (monitor is not (EarlyStopping.Loss or EarlyStopping.ValidationLoss));

    /// <summary>Says before training begins that there will be no value.</summary>
    /// <exception cref="ArgumentException">There is no validation data, or it has no metric of this name.</exception>
    public static void Check(string monitor, FitOptions options, string watcher)
    {
        if (monitor == EarlyStopping.Loss)
        {
            return;
        }

        if (options.Validation is not Dataset validation)
        {
            throw new ArgumentException($"{watcher} watches '{monitor}', which needs {nameof(FitOptions.Validation)} data.");
        }

        string[] metrics = [.. Evaluator.MetricsOf(validation.Entry)];
        if (monitor != EarlyStopping.ValidationLoss && !metrics.Contains(monitor))
        {
            throw new ArgumentException(
                $"{watcher} watches '{monitor}', but the validation data has {(metrics.Length == 0 ? $"no metrics, only '{EarlyStopping.ValidationLoss}'" : $"only: {string.Join(", ", metrics)}")}.");
        }
    }
}
