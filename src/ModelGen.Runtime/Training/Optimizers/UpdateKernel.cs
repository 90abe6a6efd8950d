using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>The pass of an <see cref="IUpdateRule"/> over a processor's memory.</summary>
internal readonly struct UpdateKernel<TRule>(
    in TRule rule, Buffer<float> parameters, in ClippedGradient gradients, Buffer<float> first, Buffer<float> second, Buffer<float> third) : IElementKernel
    where TRule : struct, IUpdateRule
{
    private readonly TRule rule = rule;
    private readonly ClippedGradient gradients = gradients;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, L>(nint index, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes
    {
        V parameter = V.Load(parameters, index, lanes);
        V gradient = gradients.Load<V, L>(index, lanes);
        V one = TRule.Slots > 0 ? V.Load(first, index, lanes) : V.Zero;
        V two = TRule.Slots > 1 ? V.Load(second, index, lanes) : V.Zero;
        V three = TRule.Slots > 2 ? V.Load(third, index, lanes) : V.Zero;
        rule.Apply(ref parameter, gradient, ref one, ref two, ref three);
        if (TRule.Slots > 0)
        {
            V.Store(first, index, one, lanes);
        }

        if (TRule.Slots > 1)
        {
            V.Store(second, index, two, lanes);
        }

        if (TRule.Slots > 2)
        {
            V.Store(third, index, three, lanes);
        }

        V.Store(parameters, index, parameter, lanes);
    }
}
