using System;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The average in the place of a model's parameters, until it is disposed of.</summary>
internal sealed class AverageInUse : IDisposable
{
    private readonly ChangeScope scope;
    private readonly TrainingState state;
    private AverageState? average;

    /// <summary>Initializes a new instance of the <see cref="AverageInUse"/> class, which gives up its claim to the parameters at its end.</summary>
    public AverageInUse(ChangeScope scope, TrainingState state, AverageState average)
    {
        state.Exchange(average);
        (this.scope, this.state, this.average) = (scope, state, average);
    }

    public void Dispose()
    {
        if (average is not null)
        {
            state.Exchange(average);
            average = null;
            scope.Dispose();
        }
    }
}
