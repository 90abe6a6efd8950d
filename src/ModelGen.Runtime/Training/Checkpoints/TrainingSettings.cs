using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen;

/// <summary>What must be the same for a training to be resumed, in the user's words: all that its result depends on, but for how long it is to last.</summary>
internal static class TrainingSettings
{
    private const string None = "none";

    /// <summary>The settings of a training.</summary>
    public static IReadOnlyDictionary<string, string> Of(Model model, Dataset data, FitOptions options) => new Dictionary<string, string>
    {
        ["the model's seed"] = Text($"{model.Seed}"),
        ["the loss"] = data.Entry.Name,
        ["the data"] = Text(data),
        [nameof(FitOptions.BatchSize)] = Text($"{options.BatchSize}"),
        [nameof(FitOptions.AccumulationSteps)] = Text($"{options.AccumulationSteps}"),
        [nameof(FitOptions.Shuffle)] = Text($"{options.Shuffle}"),
        [nameof(FitOptions.ShuffleSeed)] = options.Shuffle ? Text($"{options.ShuffleSeed ?? model.Seed}") : None,
        [nameof(FitOptions.Optimizer)] = options.Optimizer.ToString(),
        [nameof(FitOptions.Schedule)] = options.Schedule.ToString() ?? None,
        [nameof(FitOptions.Averaging)] = options.Averaging?.Settings ?? None,
        [nameof(FitOptions.Validation)] = options.Validation is Dataset held ? Text(held) : None,
        [nameof(FitOptions.ValidationBatchSize)] = options.Validation is null ? None : Text($"{options.ValidationBatchSize ?? options.BatchSize}"),
        [nameof(FitOptions.EarlyStopping)] = options.EarlyStopping?.Settings ?? None,
    };

    /// <summary>Says what differs between the settings that a file has and those that are there.</summary>
    public static void Check(IReadOnlyDictionary<string, string> stored, IReadOnlyDictionary<string, string> own, FaultyFile file)
    {
        string[] differences = [.. own.Keys.Union(stored.Keys).Where(name => Get(stored, name) != Get(own, name)).Select(name => $"{name} was '{Get(stored, name)}', now it is '{Get(own, name)}'")];
        if (differences.Length != 0)
        {
            throw file.Because($"training cannot be resumed with other settings: {string.Join("; ", differences)}. Set it back, or begin anew without {nameof(Checkpoints.Resume)}");
        }
    }

    private static string Get(IReadOnlyDictionary<string, string> settings, string name) => settings.GetValueOrDefault(name, None);

    private static string Text(Dataset data) => Text($"{data.Count} examples of {string.Join(" + ", data.RowLengths)} values");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
