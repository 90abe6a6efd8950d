using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>Gradients that are clipped as they are read.</summary>
internal readonly struct ClippedGradient(Buffer<float> gradients, float scale, float limit)
{
    /// <summary><c>clamp(scale · g, −limit, limit)</c>; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Load<V, L>(nint index, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes
    {
        V scaled = V.Load(gradients, index, lanes) * V.Broadcast(scale);
        return V.Max(V.Min(scaled, V.Broadcast(limit)), V.Broadcast(-limit));
    }
}
