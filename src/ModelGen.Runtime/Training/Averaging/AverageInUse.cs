using System;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The average in the place of a model's parameters, until it is disposed of.</summary>
internal sealed class AverageInUse : IDisposable
{
    private readonly ChangeScope scope;
    private AverageState? average;

    /// <summary>Initializes a new instance of the <see cref="AverageInUse"/> class, which gives up its claim to the parameters at its end.</summary>
    public AverageInUse(ChangeScope scope, AverageState average)
    {
        average.Exchange();
        (this.scope, this.average) = (scope, average);
    }

    public void Dispose()
    {
        if (average is not null)
        {
            average.Exchange();
            average = null;
            scope.Dispose();
        }
    }
}
