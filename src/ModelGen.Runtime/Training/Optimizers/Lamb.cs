using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;
using ModelGen.Gpu;

namespace ModelGen;

/// <summary>LAMB (You et al. 2020, algorithm 2): Adam's direction, with a step as large as each tensor's own values suggest.</summary>
/// <remarks>
/// <c>m = β₁·m + (1 − β₁)·g; v = β₂·v + (1 − β₂)·g²; d = m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε) + decay · p; p −= rate · ‖p‖/‖d‖ · d</c>, with the norms
/// over each parameter's tensor, and over each copy's of a repeated module. Where either norm is 0, their ratio counts as 1. The paper's φ, which
/// limits ‖p‖, is the identity; <see cref="MaxRatio"/> limits the ratio. Defaults are the paper's; there is no PyTorch optimizer of this name.
/// </remarks>
public sealed class Lamb : Optimizer
{
    private readonly AdamSettings settings;
    private readonly float? maxRatio;

    /// <summary>Initializes a new instance of the <see cref="Lamb"/> class.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">How much of the mean gradient is kept, from 0 to below 1.</param>
    /// <param name="beta2">How much of the mean squared gradient is kept, from 0 to below 1.</param>
    /// <param name="epsilon">What is added to the root of the mean squared gradient.</param>
    /// <param name="weightDecay">The weight decay, which is part of the direction.</param>
    public Lamb(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, float weightDecay = 1e-2f)
        : base(learningRate, weightDecay) => settings = new AdamSettings(beta1, beta2, epsilon);

    /// <summary>Gets the largest ratio of a tensor's norm to that of its direction; larger ones count as this. Null: no limit.</summary>
    public float? MaxRatio
    {
        get => maxRatio;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0f, nameof(MaxRatio));
            maxRatio = value;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{base.ToString()}, {settings}, {nameof(MaxRatio)} = {(object?)MaxRatio ?? "none"}");

    /// <inheritdoc/>
    protected internal override void Update(in ParameterSweep sweep) => sweep.ApplyLayerwise(new Rule(sweep, this));

    internal readonly struct Rule(in ParameterSweep sweep, Lamb optimizer) : ILayerwiseRule
    {
        private readonly float minusRate = -sweep.LearningRate;
        private readonly float weightDecay = sweep.WeightDecay;
        private readonly float newMean = (float)(1.0 - optimizer.settings.Beta1);
        private readonly float beta2 = (float)optimizer.settings.Beta2;
        private readonly float newSquare = (float)(1.0 - optimizer.settings.Beta2);
        private readonly float meanScale = (float)(1.0 / (1.0 - Math.Pow(optimizer.settings.Beta1, sweep.Step)));
        private readonly float rootScale = (float)(1.0 / Math.Sqrt(1.0 - Math.Pow(optimizer.settings.Beta2, sweep.Step)));
        private readonly float epsilon = (float)optimizer.settings.Epsilon;
        private readonly float maxRatio = optimizer.MaxRatio ?? float.PositiveInfinity;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Remember<V>(V gradient, ref V first, ref V second)
            where V : struct, ISimd<V>
        {
            first = V.MultiplyAdd(V.Broadcast(newMean), gradient - first, first);
            second = V.MultiplyAdd(V.Broadcast(newSquare) * gradient, gradient, V.Broadcast(beta2) * second);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Direction<V>(V parameter, V first, V second)
            where V : struct, ISimd<V>
        {
            V root = V.MultiplyAdd(V.Sqrt(second), V.Broadcast(rootScale), V.Broadcast(epsilon));
            return V.MultiplyAdd(V.Broadcast(weightDecay), parameter, V.Broadcast(meanScale) * first / root);
        }

        public float Step(float valueNorm, float directionNorm)
        {
            float ratio = valueNorm == 0f || directionNorm == 0f ? 1f : GpuMath.Min(valueNorm / directionNorm, maxRatio);
            return minusRate * ratio;
        }
    }
}
