using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>Adagrad (Duchi, Hazan and Singer 2011): <c>s += g²; p −= rate / (1 + (t − 1) · rateDecay) · g / (√s + ε)</c> in step t, from 1.</summary>
/// <remarks>Formulas and defaults are PyTorch's <c>torch.optim.Adagrad</c>. Weight decay adds <c>decay · p</c> to the gradient.</remarks>
public sealed class Adagrad : Optimizer
{
    /// <summary>Initializes a new instance of the <see cref="Adagrad"/> class.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="learningRateDecay">How fast the rate falls with the steps, beside any schedule; from 0.</param>
    /// <param name="weightDecay">The weight decay.</param>
    /// <param name="initialAccumulatorValue">What the sums of squared gradients start from.</param>
    /// <param name="epsilon">What is added to the roots of these sums.</param>
    public Adagrad(
        float learningRate = 1e-2f, double learningRateDecay = 0.0, float weightDecay = 0f, float initialAccumulatorValue = 0f, double epsilon = 1e-10)
        : base(learningRate, weightDecay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(learningRateDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(initialAccumulatorValue);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        (LearningRateDecay, InitialAccumulatorValue, Epsilon) = (learningRateDecay, initialAccumulatorValue, epsilon);
    }

    /// <summary>Gets how fast the rate falls with the steps.</summary>
    public double LearningRateDecay { get; }

    /// <summary>Gets what the sums of squared gradients start from.</summary>
    public float InitialAccumulatorValue { get; }

    /// <summary>Gets what is added to the roots of these sums.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{base.ToString()}, {nameof(LearningRateDecay)} = {LearningRateDecay}, {nameof(InitialAccumulatorValue)} = {InitialAccumulatorValue}, {nameof(Epsilon)} = {Epsilon}");

    /// <inheritdoc/>
    protected internal override void Update(in ParameterSweep sweep) => sweep.Apply(new Rule(sweep, this));

    internal readonly struct Rule(in ParameterSweep sweep, Adagrad settings) : IUpdateRule
    {
        private readonly float minusRate = (float)(-sweep.LearningRate / (1.0 + ((sweep.Step - 1) * settings.LearningRateDecay)));
        private readonly float weightDecay = sweep.WeightDecay;
        private readonly float epsilon = (float)settings.Epsilon;

        /// <summary>What sums start from is added with the first square: slots start from zeros.</summary>
        private readonly float start = sweep.Step == 1 ? settings.InitialAccumulatorValue : 0f;

        /// <summary>Gets 1: the sum s.</summary>
        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V>
        {
            V g = V.MultiplyAdd(V.Broadcast(weightDecay), parameter, gradient);
            first = V.MultiplyAdd(g, g, first + V.Broadcast(start));
            parameter = V.MultiplyAdd(V.Broadcast(minusRate), g / (V.Sqrt(first) + V.Broadcast(epsilon)), parameter);
        }
    }
}
