using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>RMSprop (Tieleman and Hinton 2012): <c>v = α·v + (1 − α)·g²; p −= rate · g / (√v + ε)</c>.</summary>
/// <remarks>
/// Formulas and defaults are PyTorch's <c>torch.optim.RMSprop</c>. Weight decay adds <c>decay · p</c> to the gradient. Centred (Graves 2013), the mean
/// gradient <c>m = α·m + (1 − α)·g</c> is taken out: <c>√(v − m²)</c> instead of <c>√v</c>; a difference that rounding makes negative counts as 0,
/// where PyTorch gives NaN. With momentum, <c>b = µ·b + g / (√v + ε); p −= rate · b</c>.
/// </remarks>
public sealed class RmsProp : Optimizer
{
    /// <summary>Initializes a new instance of the <see cref="RmsProp"/> class.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="alpha">How much of the mean squared gradient is kept, from 0 to 1.</param>
    /// <param name="epsilon">What is added to the root of the mean squared gradient.</param>
    /// <param name="momentum">How much of the previous direction is kept, from 0.</param>
    /// <param name="centered">Whether the mean gradient is taken out of the mean squared one.</param>
    /// <param name="weightDecay">The weight decay.</param>
    public RmsProp(
        float learningRate = 1e-2f, double alpha = 0.99, double epsilon = 1e-8, float momentum = 0f, bool centered = false, float weightDecay = 0f)
        : base(learningRate, weightDecay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpha, 1.0);
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        (Alpha, Epsilon, Momentum, Centered) = (alpha, epsilon, momentum, centered);
    }

    /// <summary>Gets how much of the mean squared gradient is kept.</summary>
    public double Alpha { get; }

    /// <summary>Gets what is added to the root of the mean squared gradient.</summary>
    public double Epsilon { get; }

    /// <summary>Gets how much of the previous direction is kept.</summary>
    public float Momentum { get; }

    /// <summary>Gets a value indicating whether the mean gradient is taken out of the mean squared one.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{base.ToString()}, {nameof(Alpha)} = {Alpha}, {nameof(Epsilon)} = {Epsilon}, {nameof(Momentum)} = {Momentum}, {nameof(Centered)} = {Centered}");

    /// <inheritdoc/>
    protected internal override void Update(in ParameterSweep sweep)
    {
        Constants constants = new(sweep, this);
        if (Centered)
        {
            sweep.Apply(new CenteredRule(constants));
        }
        else if (Momentum == 0f)
        {
            sweep.Apply(new Plain(constants));
        }
        else
        {
            sweep.Apply(new WithMomentum(constants));
        }
    }

    /// <summary>The numbers of all variants.</summary>
    internal readonly struct Constants(in ParameterSweep sweep, RmsProp settings)
    {
        private readonly float minusRate = -sweep.LearningRate;
        private readonly float weightDecay = sweep.WeightDecay;
        private readonly float alpha = (float)settings.Alpha;
        private readonly float newShare = (float)(1.0 - settings.Alpha);
        private readonly float epsilon = (float)settings.Epsilon;
        private readonly float momentum = settings.Momentum;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Decayed<V>(V parameter, V gradient)
            where V : struct, ISimd<V> => V.MultiplyAdd(V.Broadcast(weightDecay), parameter, gradient);

        /// <summary><c>α·v + (1 − α)·g²</c></summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V MeanSquare<V>(V square, V g)
            where V : struct, ISimd<V> => V.MultiplyAdd(V.Broadcast(newShare) * g, g, V.Broadcast(alpha) * square);

        /// <summary><c>m + (1 − α)(g − m)</c></summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Mean<V>(V mean, V g)
            where V : struct, ISimd<V> => V.MultiplyAdd(V.Broadcast(newShare), g - mean, mean);

        /// <summary><c>g / (√v + ε)</c></summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Scaled<V>(V g, V square)
            where V : struct, ISimd<V> => g / (V.Sqrt(square) + V.Broadcast(epsilon));

        /// <summary><c>µ·b + d</c></summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Carried<V>(V direction, V own)
            where V : struct, ISimd<V> => V.MultiplyAdd(V.Broadcast(momentum), direction, own);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Stepped<V>(V parameter, V direction)
            where V : struct, ISimd<V> => V.MultiplyAdd(V.Broadcast(minusRate), direction, parameter);
    }

    internal readonly struct Plain(in Constants constants) : IUpdateRule
    {
        private readonly Constants constants = constants;

        /// <summary>Gets 1: the mean squared gradient v.</summary>
        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V>
        {
            V g = constants.Decayed(parameter, gradient);
            first = constants.MeanSquare(first, g);
            parameter = constants.Stepped(parameter, constants.Scaled(g, first));
        }
    }

    internal readonly struct WithMomentum(in Constants constants) : IUpdateRule
    {
        private readonly Constants constants = constants;

        /// <summary>Gets 2: the mean squared gradient v and the direction b.</summary>
        public static int Slots => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V>
        {
            V g = constants.Decayed(parameter, gradient);
            first = constants.MeanSquare(first, g);
            second = constants.Carried(second, constants.Scaled(g, first));
            parameter = constants.Stepped(parameter, second);
        }
    }

    /// <summary>With or without momentum.</summary>
    internal readonly struct CenteredRule(in Constants constants) : IUpdateRule
    {
        private readonly Constants constants = constants;

        /// <summary>Gets 3: the mean squared gradient v, the direction b and the mean gradient m.</summary>
        public static int Slots => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V>
        {
            V g = constants.Decayed(parameter, gradient);
            first = constants.MeanSquare(first, g);
            third = constants.Mean(third, g);
            V variance = V.Max(V.MultiplyAdd(-third, third, first), V.Zero);
            second = constants.Carried(second, constants.Scaled(g, variance));
            parameter = constants.Stepped(parameter, second);
        }
    }
}
