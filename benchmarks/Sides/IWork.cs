using System;

namespace ModelGen.Benchmarks.Sides;

/// <summary>Some work that is compared: the same for every side, from the same <see cref="Inputs"/>.</summary>
internal interface IWork : IDisposable
{
    /// <summary>Does the work from its beginning and says what came out, so that the sides' results can be compared. Called once, before <see cref="Run"/>.</summary>
    float[] Result();

    /// <summary>Does the work once more; this is what is timed.</summary>
    void Run();
}
