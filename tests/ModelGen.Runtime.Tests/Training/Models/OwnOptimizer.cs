using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen.Tests.Training.Models;

/// <summary>An optimizer as a user writes it, with a rule that is nobody else's: <c>v = decay · v + (1 − decay) · g²; p −= rate · g / (√v + ε)</c>.</summary>
internal sealed class OwnOptimizer(float learningRate) : Optimizer(learningRate, weightDecay: 0f)
{
    /// <summary>Gets or sets what happens before a range of parameters is changed; it is given the update's number.</summary>
    public Action<long>? Before { get; set; }

    protected internal override void Update(in ParameterSweep sweep)
    {
        Before?.Invoke(sweep.Step);
        sweep.Apply(new Rule(sweep.LearningRate, 0.9f));
    }

    internal readonly struct Rule(float rate, float decay) : IUpdateRule
    {
        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V>
        {
            first = V.MultiplyAdd(V.Broadcast(1f - decay) * gradient, gradient, V.Broadcast(decay) * first);
            parameter -= V.Broadcast(rate) * gradient / (V.Sqrt(first) + V.Broadcast(1e-6f));
        }
    }
}
