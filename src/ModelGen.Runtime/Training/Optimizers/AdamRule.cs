using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>
/// <c>p *= 1 − rate·parameterDecay; g += gradientDecay·p; m += (1 − β₁)(g − m); v = β₂·v + (1 − β₂)·g²;
/// p −= rate/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)</c>
/// </summary>
/// <remarks>The corrections for the first steps are computed in double, like PyTorch's.</remarks>
internal readonly struct AdamRule : IUpdateRule
{
    private readonly float keep;
    private readonly float gradientDecay;
    private readonly float newMean;
    private readonly float beta2;
    private readonly float newSquare;
    private readonly float minusStep;
    private readonly float rootCorrection;
    private readonly float epsilon;

    public AdamRule(in ParameterSweep sweep, AdamSettings settings, float gradientDecay, float parameterDecay)
    {
        keep = (float)(1.0 - ((double)sweep.LearningRate * parameterDecay));
        this.gradientDecay = gradientDecay;
        newMean = (float)(1.0 - settings.Beta1);
        beta2 = (float)settings.Beta2;
        newSquare = (float)(1.0 - settings.Beta2);
        minusStep = (float)(-sweep.LearningRate / (1.0 - Math.Pow(settings.Beta1, sweep.Step)));
        rootCorrection = (float)Math.Sqrt(1.0 - Math.Pow(settings.Beta2, sweep.Step));
        epsilon = (float)settings.Epsilon;
    }

    /// <summary>Gets 2: the mean gradient m and the mean squared gradient v.</summary>
    public static int Slots => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
        where V : struct, ISimd<V>
    {
        V p = parameter * V.Broadcast(keep);
        V g = V.MultiplyAdd(V.Broadcast(gradientDecay), p, gradient);
        V m = V.MultiplyAdd(V.Broadcast(newMean), g - first, first);
        V v = V.MultiplyAdd(V.Broadcast(newSquare) * g, g, V.Broadcast(beta2) * second);
        V root = V.Sqrt(v) / V.Broadcast(rootCorrection) + V.Broadcast(epsilon);
        parameter = V.MultiplyAdd(V.Broadcast(minusStep), m / root, p);
        first = m;
        second = v;
    }
}
