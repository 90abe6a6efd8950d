namespace ModelGen.Cpu;

/// <summary>The lines of the left factor that a tile multiplies: packed, made by a prologue, or where they lie.</summary>
internal readonly unsafe struct LeftLines
{
    /// <summary>Lines whose steps of depth all have the same distance.</summary>
    /// <param name="first">Line 0, depth 0.</param>
    /// <param name="line">The distance between lines.</param>
    /// <param name="step">The distance between steps of depth.</param>
    internal LeftLines(float* first, nint line, nint step)
        : this(first, line, step, int.MaxValue, 0)
    {
    }

    /// <summary>Lines that lie in pieces.</summary>
    /// <param name="first">Line 0, depth 0.</param>
    /// <param name="line">The distance between lines.</param>
    /// <param name="step">The distance between steps of depth within a piece.</param>
    /// <param name="run">The steps of a piece.</param>
    /// <param name="jump">What lies between the place behind a piece's last step and the next piece.</param>
    internal LeftLines(float* first, nint line, nint step, int run, nint jump)
    {
        First = first;
        (Line, Step, Run, Jump) = (line, step, run, jump);
    }

    internal float* First { get; }

    internal nint Line { get; }

    internal nint Step { get; }

    internal int Run { get; }

    internal nint Jump { get; }
}
