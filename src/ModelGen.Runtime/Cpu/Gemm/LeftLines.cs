namespace ModelGen.Cpu;

/// <summary>The lines of the left factor that a tile multiplies: packed, made by a prologue, or where they lie.</summary>
/// <param name="first">Line 0, depth 0.</param>
/// <param name="line">The distance between lines.</param>
/// <param name="step">The distance between steps of depth.</param>
internal readonly unsafe struct LeftLines(float* first, nint line, nint step)
{
    internal float* First { get; } = first;

    internal nint Line { get; } = line;

    internal nint Step { get; } = step;
}
