using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>Stochastic gradient descent: <c>p −= rate · g</c>, with momentum <c>b = µ·b + g</c> instead of g, or <c>g + µ·b</c>
/// (Nesterov).</summary>
/// <remarks>Formulas and defaults are PyTorch's <c>torch.optim.SGD</c>. Weight decay adds <c>decay · p</c> to the gradient.</remarks>
public sealed class Sgd : Optimizer
{
    /// <summary>Initializes a new instance of the <see cref="Sgd"/> class.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="momentum">How much of the previous direction is kept, from 0.</param>
    /// <param name="nesterov">Whether to look ahead along the new direction; needs momentum.</param>
    /// <param name="weightDecay">The weight decay.</param>
    public Sgd(float learningRate = 1e-3f, float momentum = 0f, bool nesterov = false, float weightDecay = 0f)
        : base(learningRate, weightDecay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        if (nesterov && momentum == 0f)
        {
            throw new ArgumentException("Nesterov's method needs momentum.", nameof(nesterov));
        }

        Momentum = momentum;
        Nesterov = nesterov;
    }

    /// <summary>Gets how much of the previous direction is kept.</summary>
    public float Momentum { get; }

    /// <summary>Gets a value indicating whether to look ahead along the new direction.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{base.ToString()}, {nameof(Momentum)} = {Momentum}, {nameof(Nesterov)} = {Nesterov}");

    /// <inheritdoc/>
    protected internal override void Update(in ParameterSweep sweep)
    {
        if (Momentum == 0f)
        {
            sweep.Apply(new Plain(sweep.LearningRate, sweep.WeightDecay));
        }
        else
        {
            sweep.Apply(new WithMomentum(sweep, this));
        }
    }

    internal readonly struct Plain(float rate, float weightDecay) : IUpdateRule
    {
        public static int Slots => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V>
        {
            V g = V.MultiplyAdd(V.Broadcast(weightDecay), parameter, gradient);
            parameter = V.MultiplyAdd(V.Broadcast(-rate), g, parameter);
        }
    }

    internal readonly struct WithMomentum(in ParameterSweep sweep, Sgd settings) : IUpdateRule
    {
        private readonly float minusRate = -sweep.LearningRate;
        private readonly float weightDecay = sweep.WeightDecay;
        private readonly float momentum = settings.Momentum;

        /// <summary>The step follows <c>own · g + ahead · b</c>: the direction itself, or Nesterov's.</summary>
        private readonly float own = settings.Nesterov ? 1f : 0f;
        private readonly float ahead = settings.Nesterov ? settings.Momentum : 1f;

        /// <summary>Gets 1: the direction b.</summary>
        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V>
        {
            V g = V.MultiplyAdd(V.Broadcast(weightDecay), parameter, gradient);
            V b = V.MultiplyAdd(V.Broadcast(momentum), first, g);
            V step = V.MultiplyAdd(V.Broadcast(ahead), b, V.Broadcast(own) * g);
            parameter = V.MultiplyAdd(V.Broadcast(minusRate), step, parameter);
            first = b;
        }
    }
}
