using System;

namespace ModelGen;

/// <summary>Parameters that an optimizer treats in a way of their own: see <see cref="Optimizer.Groups"/>.</summary>
/// <example><code>
/// new AdamW(1e-3f)
/// {
///     Groups =
///     [
///         new ParameterGroup("Encoder") { IsFrozen = true },
///         new ParameterGroup("*.bias") { WeightDecay = 0f },
///         new ParameterGroup("Head") { LearningRateFactor = 10f },
///     ],
/// }
/// </code></example>
public sealed class ParameterGroup
{
    private readonly float learningRateFactor = 1f;
    private readonly float? weightDecay;

    /// <summary>Initializes a new instance of the <see cref="ParameterGroup"/> class.</summary>
    /// <param name="pattern">Which parameters belong to it, by their names: a name, or the beginning of names up to a dot, as in
    /// <c>[Loss(Trains = …)]</c>. A star stands for any characters, dots included: <c>*.bias</c>, <c>Blocks.*.Norm</c>.</param>
    public ParameterGroup(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        Pattern = pattern;
    }

    /// <summary>Gets which parameters belong to it.</summary>
    public string Pattern { get; }

    /// <summary>Gets by what the learning rate is multiplied, whatever the schedule makes of it; from 0.</summary>
    public float LearningRateFactor
    {
        get => learningRateFactor;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            learningRateFactor = value;
        }
    }

    /// <summary>Gets the weight decay, instead of the optimizer's. Null: the optimizer's.</summary>
    public float? WeightDecay
    {
        get => weightDecay;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0f, nameof(WeightDecay));
            weightDecay = value;
        }
    }

    /// <summary>Gets a value indicating whether the parameters stay as they are. Nothing is remembered of them, and their gradients do not
    /// count where <see cref="Optimizer.ClipNorm"/> limits the norm of all.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Gets all settings as text.</summary>
    internal string Settings
    {
        get
        {
            string text = FormattableString.Invariant($"{Pattern}, {nameof(LearningRateFactor)} = {LearningRateFactor}");
            text += WeightDecay is float decay ? FormattableString.Invariant($", {nameof(WeightDecay)} = {decay}") : string.Empty;
            return IsFrozen ? $"{text}, {nameof(IsFrozen)}" : text;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Pattern;
}
