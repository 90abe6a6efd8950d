using ModelGen.Entries;

namespace ModelGen;

/// <summary>Early stopping at work: the best value so far and the parameters that gave it.</summary>
internal sealed class StoppingRule(EarlyStopping rule, Model model)
{
    private readonly AlignedBuffer? bestParameters = rule.RestoreBest ? new AlignedBuffer(model.Description.ParameterLength) : null;
    private double best = double.NaN;
    private int bestEpoch;
    private int without;

    /// <summary>Looks at the last epoch.</summary>
    public bool Stops(History history)
    {
        EpochRecord epoch = history.Epochs[^1];
        double value = rule.ValueOf(epoch);
        if (!rule.Improves(value, best))
        {
            return ++without >= rule.Patience;
        }

        best = value;
        history.BestEpoch = bestEpoch = epoch.Epoch;
        without = 0;
        if (bestParameters is not null)
        {
            model.Execution.ParametersToRead().CopyTo(bestParameters);
        }

        return false;
    }

    public void RestoreBest(History history)
    {
        if (bestParameters is not null && bestEpoch != 0 && bestEpoch != history.Epochs[^1].Epoch)
        {
            model.Execution.Replace(bestParameters);
        }
    }
}
