using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>Gradients that are clipped as they are read.</summary>
public readonly struct ClippedGradient
{
    private readonly Buffer<float> gradients;
    private readonly float scale;
    private readonly float limit;

    internal ClippedGradient(Buffer<float> gradients, float scale, float limit) =>
        (this.gradients, this.scale, this.limit) = (gradients, scale, limit);

    /// <summary><c>clamp(scale · g, −limit, limit)</c>; NaN stays NaN.</summary>
    /// <typeparam name="V">The vector.</typeparam>
    /// <typeparam name="L">The lanes.</typeparam>
    /// <param name="index">The index of the first lane's value.</param>
    /// <param name="lanes">The lanes in use.</param>
    /// <returns>The clipped gradients.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Load<V, L>(nint index, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes
    {
        V scaled = V.Load(gradients, index, lanes) * V.Broadcast(scale);
        return V.Max(V.Min(scaled, V.Broadcast(limit)), V.Broadcast(-limit));
    }
}
