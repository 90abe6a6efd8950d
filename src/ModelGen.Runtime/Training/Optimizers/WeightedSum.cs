using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary><c>sum = keep · sum + weight · values</c>: how gradients of several batches are accumulated. Where nothing is kept, the sum may hold
/// anything.</summary>
internal readonly struct WeightedSum(float keep, float weight) : IUpdateRule
{
    public static int Slots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
        where V : struct, ISimd<V>
    {
        V kept = keep == 0f ? V.Zero : V.Broadcast(keep) * parameter;
        parameter = V.MultiplyAdd(V.Broadcast(weight), gradient, kept);
    }
}
