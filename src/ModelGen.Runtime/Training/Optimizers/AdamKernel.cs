using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>
/// <c>p *= 1 − rate·parameterDecay; g += gradientDecay·p; m += (1 − β₁)(g − m); v = β₂·v + (1 − β₂)·g²;
/// p −= rate/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)</c>
/// </summary>
/// <remarks>The corrections for the first steps are computed in double, like PyTorch's.</remarks>
internal readonly struct AdamKernel : IElementKernel
{
    /// <summary>The mean gradient m and the mean squared gradient v.</summary>
    public const int Slots = 2;

    private readonly Buffer<float> parameters;
    private readonly Buffer<float> means;
    private readonly Buffer<float> squares;
    private readonly ClippedGradient gradients;
    private readonly float keep;
    private readonly float gradientDecay;
    private readonly float newMean;
    private readonly float beta2;
    private readonly float newSquare;
    private readonly float minusStep;
    private readonly float rootCorrection;
    private readonly float epsilon;

    private AdamKernel(in ParameterSweep sweep, AdamSettings settings, float gradientDecay, float parameterDecay)
    {
        parameters = sweep.Parameters;
        means = sweep.Slot(0);
        squares = sweep.Slot(1);
        gradients = sweep.Gradients;
        keep = (float)(1.0 - ((double)sweep.LearningRate * parameterDecay));
        this.gradientDecay = gradientDecay;
        newMean = (float)(1.0 - settings.Beta1);
        beta2 = (float)settings.Beta2;
        newSquare = (float)(1.0 - settings.Beta2);
        minusStep = (float)(-sweep.LearningRate / (1.0 - Math.Pow(settings.Beta1, sweep.Step)));
        rootCorrection = (float)Math.Sqrt(1.0 - Math.Pow(settings.Beta2, sweep.Step));
        epsilon = (float)settings.Epsilon;
    }

    public static void Run(in ParameterSweep sweep, AdamSettings settings, float gradientDecay, float parameterDecay) =>
        Launch.Elements(new AdamKernel(sweep, settings, gradientDecay, parameterDecay), sweep.Count, sweep.Threads);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, L>(nint index, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes
    {
        V p = V.Load(parameters, index, lanes) * V.Broadcast(keep);
        V g = V.MultiplyAdd(V.Broadcast(gradientDecay), p, gradients.Load<V, L>(index, lanes));
        V m = V.Load(means, index, lanes);
        m = V.MultiplyAdd(V.Broadcast(newMean), g - m, m);
        V v = V.MultiplyAdd(V.Broadcast(newSquare) * g, g, V.Broadcast(beta2) * V.Load(squares, index, lanes));
        V root = V.Sqrt(v) / V.Broadcast(rootCorrection) + V.Broadcast(epsilon);
        V.Store(means, index, m, lanes);
        V.Store(squares, index, v, lanes);
        V.Store(parameters, index, V.MultiplyAdd(V.Broadcast(minusStep), m / root, p), lanes);
    }
}
