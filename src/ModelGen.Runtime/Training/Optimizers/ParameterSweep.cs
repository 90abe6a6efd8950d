namespace ModelGen;

/// <summary>A range of a model's parameters that an optimizer has to change, wherever they lie.</summary>
public readonly struct ParameterSweep
{
    private readonly TrainingExecution execution;
    private readonly OptimizerState state;
    private readonly long offset;
    private readonly long count;

    internal ParameterSweep(TrainingExecution execution, OptimizerState state, in TrainedRange range, float learningRate) =>
        (this.execution, this.state, offset, count, Step, LearningRate) = (execution, state, range.Offset, range.Count, range.Step, learningRate);

    /// <summary>Gets the number of values.</summary>
    public nint Count => (nint)count;

    /// <summary>Gets the number of this update, counted from 1.</summary>
    public long Step { get; }

    /// <summary>Gets the learning rate of this update.</summary>
    public float LearningRate { get; }

    /// <summary>Changes all values of the range, in one pass over the memory.</summary>
    /// <param name="rule">How each of them changes.</param>
    /// <typeparam name="TRule">The rule's type; what is remembered of the values belongs to the optimizer, not to it.</typeparam>
    public void Apply<TRule>(in TRule rule)
        where TRule : struct, IUpdateRule => execution.Apply(rule, state, offset, count);
}
