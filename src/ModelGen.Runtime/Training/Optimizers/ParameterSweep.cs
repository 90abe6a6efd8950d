using ModelGen.Cpu;

namespace ModelGen;

/// <summary>A range of the flat parameter buffer that an optimizer has to change.</summary>
public readonly struct ParameterSweep
{
    private readonly OptimizerState state;
    private readonly long offset;

    internal ParameterSweep(OptimizerState state, long offset, long count) => (this.state, this.offset, Count) = (state, offset, (nint)count);

    /// <summary>Gets the values to change.</summary>
    public required Buffer<float> Parameters { get; init; }

    /// <summary>Gets the gradients, to be read through <see cref="ClippedGradient"/>.</summary>
    public required ClippedGradient Gradients { get; init; }

    /// <summary>Gets the number of values.</summary>
    public nint Count { get; }

    /// <summary>Gets the number of this update, counted from 1.</summary>
    public required long Step { get; init; }

    /// <summary>Gets the learning rate of this update.</summary>
    public required float LearningRate { get; init; }

    /// <summary>Gets the number of threads to use.</summary>
    public required int Threads { get; init; }

    /// <summary>What is remembered of every value; zeros at first.</summary>
    /// <param name="index">Which of the optimizer's <see cref="Optimizer.Slots"/>.</param>
    /// <returns>The memory, which may be written.</returns>
    public Buffer<float> Slot(int index) => state.Slot(index).At((nint)offset);
}
