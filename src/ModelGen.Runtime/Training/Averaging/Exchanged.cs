using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>Parameters and what lies in the first slot change places.</summary>
internal readonly struct Exchanged : IUpdateRule
{
    public static int Slots => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
        where V : struct, ISimd<V> => (parameter, first) = (first, parameter);
}
