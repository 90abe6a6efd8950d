using System;

namespace ModelGen;

/// <summary>A value of epochs that somebody watches, by its name.</summary>
internal static class MonitoredValue
{
    /// <summary>The value after an epoch.</summary>
    /// <exception cref="ArgumentException">There is no metric of this name.</exception>
    public static double Of(EpochRecord epoch, string monitor, string watcher) => monitor switch
    {
        EarlyStopping.Loss => epoch.Loss,
        EarlyStopping.ValidationLoss => epoch.ValidationLoss ?? throw new ArgumentException($"{watcher} watches '{monitor}', which epoch {epoch.Epoch} of the history does not have."),
        _ => epoch.Metrics.TryGetValue(monitor, out double value)
            ? value
            : throw new ArgumentException($"{watcher} watches '{monitor}', but the validation data has only: {string.Join(", ", epoch.Metrics.Keys)}."),
    };

    public static bool IsHigherBetter(string monitor, bool? said) => said ?? (monitor is not (EarlyStopping.Loss or EarlyStopping.ValidationLoss));

    /// <summary>Says before training begins that there will be no value.</summary>
    /// <exception cref="ArgumentException">There is no validation data.</exception>
    public static void Check(string monitor, FitOptions options, string watcher)
    {
        if (monitor != EarlyStopping.Loss && options.Validation is null)
        {
            throw new ArgumentException($"{watcher} watches '{monitor}', which needs {nameof(FitOptions.Validation)} data.");
        }
    }
}
