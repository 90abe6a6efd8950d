using System;
using System.IO;

namespace ModelGen;

/// <summary>Where and when training writes down all that it needs to go on, should it be interrupted: see <see cref="FitOptions.Checkpoints"/>.</summary>
/// <remarks>
/// The file holds the parameters, what the optimizer remembers of them, their average, the history, the place in the data's order, what early stopping
/// knows and the number of training calls, in the safetensors format. It is replaced at once or not at all: whenever a process ends, there is a whole checkpoint. It is
/// written as <see cref="EverySteps"/> says, and when training ends by itself or by <see cref="FitOptions.CancellationToken"/>; not after another failure.
/// <para>
/// A training that is resumed ends as one that was never interrupted, bit for bit: parameters, average, what the optimizer remembers, and history, but for
/// <see cref="EpochRecord.Seconds"/>. That needs a model of the same class and seed on the same kind of machine, the same data, and the same options;
/// <see cref="FitOptions.Epochs"/> and <see cref="FitOptions.MaxSteps"/> may be others, and it ends as if they had been so from the beginning: where the schedule would have
/// given another rate then to a step that has been done, that is an error. What is free: <see cref="FitOptions.Progress"/>, <see cref="EverySteps"/>, the path, the
/// number of threads, and the device, but other devices round otherwise.
/// </para>
/// </remarks>
/// <example><code>
/// model.Fit(data, new FitOptions { Epochs = 100, Checkpoints = new Checkpoints("run.checkpoint") { Resume = true } });
/// </code></example>
public sealed class Checkpoints
{
    /// <summary>Initializes a new instance of the <see cref="Checkpoints"/> class.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    public Checkpoints(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets the number of steps, counted from training's beginning, after which the file is written each time. Null: it is after each epoch.</summary>
    public long? EverySteps { get; init; }

    /// <summary>Gets a value indicating whether training goes on from the file, where there is one. Otherwise it begins anew and replaces the file.</summary>
    public bool Resume { get; init; }

    /// <summary>Says before training what would fail after hours of it.</summary>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(EverySteps ?? 1, 1, nameof(EverySteps));
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? Path;
        if (!Directory.Exists(folder) || Directory.Exists(Path))
        {
            throw new DirectoryNotFoundException(
                Directory.Exists(Path) ? $"The checkpoint '{Path}' is a folder: give the name of a file in it." : $"The checkpoint '{Path}' has no folder: make '{folder}' first.");
        }
    }
}
