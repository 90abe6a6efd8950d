using System.Text.Json.Serialization;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>Early stopping at work: the best value so far and the parameters that gave it.</summary>
/// <param name="rule">The settings.</param>
/// <param name="model">The model.</param>
/// <param name="keepsTrained">Whether the model ends with its parameters although their average is judged: both are kept then.</param>
internal sealed class StoppingRule(EarlyStopping rule, Model model, bool keepsTrained)
{
    private readonly AlignedBuffer? judged = rule.RestoreBest ? new AlignedBuffer(model.Description.ParameterLength) : null;
    private readonly AlignedBuffer? trained = rule.RestoreBest && keepsTrained ? new AlignedBuffer(model.Description.ParameterLength) : null;
    private double best = double.NaN;
    private int bestEpoch;
    private int without;

    /// <summary>Gets a value indicating whether training is to end.</summary>
    public bool IsOver => without >= rule.Patience;

    /// <summary>Gets what it knows besides parameters.</summary>
    public StoppingState State => new(best, bestEpoch, without);

    /// <summary>Gets what the best epoch was judged by, where there is one that may be brought back.</summary>
    public AlignedBuffer? Judged => bestEpoch > 0 ? judged : null;

    /// <summary>Gets the parameters that the best epoch left, where these are not what it was judged by.</summary>
    public AlignedBuffer? Trained => bestEpoch > 0 ? trained : null;

    /// <summary>Goes on from an earlier training.</summary>
    public void Resume(StoppingState state, AlignedBuffer? bestJudged, AlignedBuffer? bestTrained)
    {
        (best, bestEpoch, without) = (state.Best, state.BestEpoch, state.Without);
        bestJudged?.CopyTo(judged!);
        bestTrained?.CopyTo(trained!);
    }

    /// <summary>Looks at the last epoch, while what it is judged by is in the place of the parameters.</summary>
    public bool Stops(History history)
    {
        EpochRecord epoch = history.Epochs[^1];
        double value = rule.ValueOf(epoch);
        if (!rule.Improves(value, best))
        {
            without++;
            return IsOver;
        }

        best = value;
        history.BestEpoch = bestEpoch = epoch.Epoch;
        without = 0;
        if (judged is not null)
        {
            model.Execution.ParametersToRead().CopyTo(judged);
        }

        return false;
    }

    /// <summary>Looks at the last epoch once more, while the parameters are in their place.</summary>
    public void KeepTrained(History history)
    {
        if (trained is not null && bestEpoch == history.Epochs[^1].Epoch)
        {
            model.Execution.ParametersToRead().CopyTo(trained);
        }
    }

    /// <summary>Brings back what the best epoch left, unless that was the last one.</summary>
    /// <param name="history">The epochs.</param>
    /// <param name="average">The average, which is not in place; it becomes the best epoch's too.</param>
    /// <returns>Whether it did.</returns>
    public bool RestoreBest(History history, AverageState? average)
    {
        if (judged is null || bestEpoch == 0 || bestEpoch == history.Epochs[^1].Epoch)
        {
            return false;
        }

        model.Execution.Replace(judged);
        average?.Settle();
        if (trained is not null)
        {
            model.Execution.Replace(trained);
        }

        return true;
    }
}

/// <summary>What early stopping knows besides parameters.</summary>
/// <param name="Best">The best value so far; NaN for none.</param>
/// <param name="BestEpoch">Its epoch, counted from 1; 0 for none.</param>
/// <param name="Without">The number of epochs since, none of which was better.</param>
[method: JsonConstructor]
internal readonly record struct StoppingState(double Best, int BestEpoch, int Without);
