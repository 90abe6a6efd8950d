using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>Lion (Chen et al. 2023, algorithm 2): <c>p −= rate · (sign(β₁·m + (1 − β₁)·g) + decay · p); m = β₂·m + (1 − β₂)·g</c>.</summary>
/// <remarks>
/// The signs of zeros are 0. As every step has the size of the learning rate, this is three to ten times smaller than Adam's, and the weight decay larger
/// by as much (section 5). Defaults are the paper's, which has none for the weight decay.
/// </remarks>
public sealed class Lion : Optimizer
{
    /// <summary>Initializes a new instance of the <see cref="Lion"/> class.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">How much of the mean gradient counts in the step's direction, from 0 to below 1.</param>
    /// <param name="beta2">How much of the mean gradient is kept, from 0 to below 1.</param>
    /// <param name="weightDecay">The weight decay, which does not go through the sign.</param>
    public Lion(float learningRate = 1e-4f, double beta1 = 0.9, double beta2 = 0.99, float weightDecay = 0f)
        : base(learningRate, weightDecay)
    {
        AdamSettings.CheckBeta(beta1, nameof(beta1));
        AdamSettings.CheckBeta(beta2, nameof(beta2));
        (Beta1, Beta2) = (beta1, beta2);
    }

    /// <summary>Gets how much of the mean gradient counts in the step's direction.</summary>
    public double Beta1 { get; }

    /// <summary>Gets how much of the mean gradient is kept.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{base.ToString()}, {nameof(Beta1)} = {Beta1}, {nameof(Beta2)} = {Beta2}");

    /// <inheritdoc/>
    protected internal override void Update(in ParameterSweep sweep) => sweep.Apply(new Rule(sweep, this));

    internal readonly struct Rule(in ParameterSweep sweep, Lion settings) : IUpdateRule
    {
        private readonly float minusRate = -sweep.LearningRate;
        private readonly float keep = (float)(1.0 - ((double)sweep.LearningRate * sweep.WeightDecay));
        private readonly float newInDirection = (float)(1.0 - settings.Beta1);
        private readonly float newInMean = (float)(1.0 - settings.Beta2);

        /// <summary>Gets 1: the mean gradient m.</summary>
        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V>
        {
            V difference = gradient - first;
            V direction = Sign(V.MultiplyAdd(V.Broadcast(newInDirection), difference, first));
            parameter = V.MultiplyAdd(V.Broadcast(minusRate), direction, parameter * V.Broadcast(keep));
            first = V.MultiplyAdd(V.Broadcast(newInMean), difference, first);
        }

        /// <summary>Zeros stay what they are, and so does NaN.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Sign<V>(V x)
            where V : struct, ISimd<V>
        {
            V positive = V.Select(V.Greater(x, V.Zero), V.Broadcast(1f), x);
            return V.Select(V.Greater(V.Zero, x), V.Broadcast(-1f), positive);
        }
    }
}
