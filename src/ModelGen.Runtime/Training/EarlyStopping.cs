using System;

namespace ModelGen;

/// <summary>Ends training when a value has not improved for some epochs.</summary>
public sealed class EarlyStopping
{
    /// <summary>The mean training loss.</summary>
    public const string Loss = "loss";

    /// <summary>The mean validation loss.</summary>
    public const string ValidationLoss = "validation_loss";

    private const string Watcher = "Early stopping";

    /// <summary>Gets the value to watch: <see cref="Loss"/>, <see cref="ValidationLoss"/>, or a metric of the validation data by its name,
    /// such as <c>accuracy</c>.</summary>
    public string Monitor { get; init; } = ValidationLoss;

    /// <summary>Gets a value indicating whether larger values are better. Null: losses fall, metrics rise.</summary>
    public bool? HigherIsBetter { get; init; }

    /// <summary>Gets the number of epochs without improvement after which training ends.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>Gets by how much a value must be better to count as an improvement.</summary>
    public double MinDelta { get; init; }

    /// <summary>Gets a value indicating whether the model ends with the parameters of its best epoch.</summary>
    /// <remarks>Where parameters are averaged, the average is what is judged. It becomes that of the best epoch too, whether the model ends with it or not.</remarks>
    public bool RestoreBest { get; init; } = true;

    /// <summary>Gets all settings as text.</summary>
    internal string Settings => FormattableString.Invariant($"{nameof(Monitor)} = {Monitor}, {nameof(HigherIsBetter)} = {MonitoredValue.IsHigherBetter(Monitor, HigherIsBetter)}, ")
        + FormattableString.Invariant($"{nameof(Patience)} = {Patience}, {nameof(MinDelta)} = {MinDelta}, {nameof(RestoreBest)} = {RestoreBest}");

    internal double ValueOf(EpochRecord epoch) => MonitoredValue.Of(epoch, Monitor, Watcher);

    internal bool Improves(double value, double best)
    {
        bool higher = MonitoredValue.IsHigherBetter(Monitor, HigherIsBetter);
        return double.IsNaN(best) ? !double.IsNaN(value) : higher ? value > best + MinDelta : value < best - MinDelta;
    }

    internal void Check(FitOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MinDelta);
        MonitoredValue.Check(Monitor, options, Watcher);
    }
}
