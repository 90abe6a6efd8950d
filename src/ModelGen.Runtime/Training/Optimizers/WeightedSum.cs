using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary><c>sum = keep · sum + weight · values</c>: how gradients of several batches are accumulated.</summary>
internal readonly struct WeightedSum(Buffer<float> sum, float keep, Buffer<float> values, float weight) : IElementKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, L>(nint index, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes
    {
        V kept = V.Broadcast(keep) * V.Load(sum, index, lanes);
        V.Store(sum, index, V.MultiplyAdd(V.Broadcast(weight), V.Load(values, index, lanes), kept), lanes);
    }
}
