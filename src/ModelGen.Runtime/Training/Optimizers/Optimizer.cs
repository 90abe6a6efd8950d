using System;
using System.Collections.Immutable;
using System.Linq;

namespace ModelGen;

/// <summary>How gradients change parameters.</summary>
/// <remarks>
/// An optimizer holds settings only. What it remembers between steps (momentum, moments, step counts) belongs to the model it is used on, so
/// one optimizer
/// may serve several models, and a model that is given the same optimizer again continues where it was.
/// </remarks>
public abstract class Optimizer
{
    /// <summary>Initializes a new instance of the <see cref="Optimizer"/> class.</summary>
    /// <param name="learningRate">The learning rate, before any schedule.</param>
    /// <param name="weightDecay">The weight decay.</param>
    protected Optimizer(float learningRate, float weightDecay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        LearningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <summary>Gets or sets the learning rate, before any schedule.</summary>
    public float LearningRate { get; set; }

    /// <summary>Gets the weight decay; a group of parameters may have another.</summary>
    public float WeightDecay { get; }

    /// <summary>Gets the largest norm of all trained gradients together; larger ones are scaled down to it. Null: no limit.</summary>
    /// <remarks>As PyTorch's <c>clip_grad_norm_</c>: the gradients are multiplied by <c>min(1, limit / (norm + 1e-6))</c>, where they are
    /// read; they stay as they were.</remarks>
    public float? ClipNorm { get; init; }

    /// <summary>Gets the largest magnitude of a single gradient; larger ones are cut off. Null: no limit. Applied after
    /// <see cref="ClipNorm"/>.</summary>
    public float? ClipValue { get; init; }

    /// <summary>Gets groups of parameters with learning rates and weight decays of their own. A parameter belongs to the first group whose
    /// pattern its name has, and to none where no pattern fits.</summary>
    /// <remarks>A group that is left without parameters is an <see cref="ArgumentException"/> when the optimizer is first used on a model.</remarks>
    public ImmutableArray<ParameterGroup> Groups
    {
        get;
        init
        {
            field = value.IsDefault ? [] : value;
            if (field.IndexOf(null!) is int missing and >= 0)
            {
                throw new ArgumentException($"The optimizer's group {missing} is null (counted from 0).", nameof(Groups));
            }
        }
    } = [];

    /// <summary>All settings as text: a training is resumed only where it is the same. An optimizer that has settings of its own adds them.</summary>
    /// <returns>The class's name and the settings.</returns>
    public override string ToString()
    {
        string text = FormattableString.Invariant($"{GetType().Name}, {nameof(LearningRate)} = {LearningRate}, {nameof(WeightDecay)} = {WeightDecay}");
        text += ClipNorm is float norm ? FormattableString.Invariant($", {nameof(ClipNorm)} = {norm}") : string.Empty;
        text += ClipValue is float value ? FormattableString.Invariant($", {nameof(ClipValue)} = {value}") : string.Empty;
        return Groups.IsEmpty ? text : $"{text}, {nameof(Groups)} = [{string.Join("; ", Groups.Select(group => group.Settings))}]";
    }

    /// <summary>Changes a range of parameters: passes a rule to <see cref="ParameterSweep.Apply"/>.</summary>
    /// <remarks>
    /// Before its first update on a device other than the processor it is called once more: the device learns which rules it has to compile, and
    /// nothing is changed.
    /// </remarks>
    /// <param name="sweep">The parameters, their gradients and what was remembered of them.</param>
    protected internal abstract void Update(in ParameterSweep sweep);
}
