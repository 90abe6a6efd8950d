namespace ModelGen;

/// <summary>A range of a model's parameters that an optimizer has to change, wherever they lie.</summary>
public readonly struct ParameterSweep
{
    private readonly TrainingExecution execution;
    private readonly SlotMemory slots;
    private readonly long offset;
    private readonly long count;

    internal ParameterSweep(TrainingExecution execution, SlotMemory slots, in TrainedRange range, Optimizer optimizer, float learningRate)
    {
        (this.execution, this.slots, offset, count, Step) = (execution, slots, range.Offset, range.Count, range.Step);
        LearningRate = range.Group is ParameterGroup own ? own.LearningRateFactor * learningRate : learningRate;
        WeightDecay = range.Group?.WeightDecay ?? optimizer.WeightDecay;
    }

    /// <summary>Gets the number of values.</summary>
    public nint Count => (nint)count;

    /// <summary>Gets the number of this update, counted from 1.</summary>
    public long Step { get; }

    /// <summary>Gets the learning rate of this update: the schedule's, times the factor of the parameters' group.</summary>
    public float LearningRate { get; }

    /// <summary>Gets the weight decay: that of the parameters' group, or the optimizer's.</summary>
    public float WeightDecay { get; }

    /// <summary>Changes all values of the range, in one pass over the memory.</summary>
    /// <param name="rule">How each of them changes.</param>
    /// <typeparam name="TRule">The rule's type; what is remembered of the values belongs to the optimizer, not to it.</typeparam>
    public void Apply<TRule>(in TRule rule)
        where TRule : struct, IUpdateRule => execution.Apply(rule, slots, offset, count);

    /// <summary>Changes all values of the range in two passes, the step of each tensor scaled by its norms.</summary>
    internal void ApplyLayerwise<TRule>(in TRule rule)
        where TRule : struct, ILayerwiseRule => execution.ApplyLayerwise(rule, slots, offset, count);
}
