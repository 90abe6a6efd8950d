namespace ModelGen;

/// <summary>What a schedule counts.</summary>
public enum ScheduleUnit
{
    /// <summary>Passes over the data: the rate stays the same within each.</summary>
    Epoch,

    /// <summary>Updates of the parameters.</summary>
    Step,
}
