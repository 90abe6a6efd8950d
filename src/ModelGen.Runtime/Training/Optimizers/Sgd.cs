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
    protected internal override int Slots => Momentum == 0f ? 0 : 1;

    /// <inheritdoc/>
    protected internal override void Update(in ParameterSweep sweep)
    {
        if (Momentum == 0f)
        {
            Launch.Elements(new Plain(sweep, WeightDecay), sweep.Count, sweep.Threads);
        }
        else
        {
            Launch.Elements(new WithMomentum(sweep, this), sweep.Count, sweep.Threads);
        }
    }

    private readonly struct Plain(in ParameterSweep sweep, float weightDecay) : IElementKernel
    {
        private readonly Buffer<float> parameters = sweep.Parameters;
        private readonly ClippedGradient gradients = sweep.Gradients;
        private readonly float rate = sweep.LearningRate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            V p = V.Load(parameters, index, lanes);
            V g = V.MultiplyAdd(V.Broadcast(weightDecay), p, gradients.Load<V, L>(index, lanes));
            V.Store(parameters, index, V.MultiplyAdd(V.Broadcast(-rate), g, p), lanes);
        }
    }

    private readonly struct WithMomentum(in ParameterSweep sweep, Sgd settings) : IElementKernel
    {
        private readonly Buffer<float> parameters = sweep.Parameters;
        private readonly Buffer<float> directions = sweep.Slot(0);
        private readonly ClippedGradient gradients = sweep.Gradients;
        private readonly float rate = sweep.LearningRate;
        private readonly float weightDecay = settings.WeightDecay;
        private readonly float momentum = settings.Momentum;

        /// <summary>The step follows <c>own · g + ahead · b</c>: the direction itself, or Nesterov's.</summary>
        private readonly float own = settings.Nesterov ? 1f : 0f;
        private readonly float ahead = settings.Nesterov ? settings.Momentum : 1f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            V p = V.Load(parameters, index, lanes);
            V g = V.MultiplyAdd(V.Broadcast(weightDecay), p, gradients.Load<V, L>(index, lanes));
            V b = V.MultiplyAdd(V.Broadcast(momentum), V.Load(directions, index, lanes), g);
            V step = V.MultiplyAdd(V.Broadcast(ahead), b, V.Broadcast(own) * g);
            V.Store(directions, index, b, lanes);
            V.Store(parameters, index, V.MultiplyAdd(V.Broadcast(-rate), step, p), lanes);
        }
    }
}
