namespace ModelGen.Benchmarks.Compare;

/// <summary>A line of the comparison and what it has to reach.</summary>
/// <param name="Group">What <c>--only</c> selects it by.</param>
/// <param name="Name">What a reader calls it.</param>
/// <param name="Work">The work, as a side is asked for it.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Bar">The most that our time, or memory, may be of the best peer's; NaN where there is no bar, only a figure.</param>
internal sealed record Row(string Group, string Name, string Work, int Threads, double Bar)
{
    /// <summary>Gets what is compared.</summary>
    public Measure Measure { get; init; }

    /// <summary>Gets who is compared with.</summary>
    public string[] Peers { get; init; } = ["torchsharp", "onnxruntime"];

    /// <summary>Gets the floating-point operations of one run; 0 where memory is the limit.</summary>
    public double Operations { get; init; }

    /// <summary>Gets the works of a plain stream over as much memory, the fastest of which is the floor; none where arithmetic is the limit. With both, the higher floor is.</summary>
    public string[] Streams { get; init; } = [];

    /// <summary>Gets how far above the floor the row holds, whatever the peers do: 1.15 times its time.</summary>
    public double FloorBar { get; init; } = 1.15;

    /// <summary>Gets the part of the floor that must be reached even by a row that is ahead of the peers.</summary>
    public double LeastOfFloor { get; init; }

    /// <summary>Gets how long a side has its turn: longer where it first has to fill the caches again that the others have emptied.</summary>
    public double SecondsPerTurn { get; init; } = 0.1;

    /// <summary>Gets how far our result may be from a peer's, in parts of the greatest value.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Whether the row reaches what it has to.</summary>
    /// <param name="ratio">Ours as a part of the best peer's; NaN without peers.</param>
    /// <param name="ofFloor">The floor's time as a part of ours; 0 where there is none.</param>
    public bool Holds(double ratio, double ofFloor) =>
        (ratio <= Bar || ofFloor >= 1 / FloorBar) && (ofFloor == 0 || ofFloor >= LeastOfFloor);
}

/// <summary>What a row compares.</summary>
internal enum Measure
{
    /// <summary>The time of a run.</summary>
    Time,

    /// <summary>The high-water mark of the memory of a fresh process.</summary>
    Memory,

    /// <summary>The time in which a fresh process makes the model and runs the work for the first time.</summary>
    FirstRun,

    /// <summary>The time on the row's threads against our own on one.</summary>
    Scaling,
}
