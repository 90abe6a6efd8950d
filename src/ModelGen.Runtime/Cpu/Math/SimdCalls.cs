using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The functions of <see cref="SimdMath"/> as calls: for kernels so long that the JIT would stop inlining, at ten times the cost.</summary>
public static class SimdCalls
{
    private const MethodImplOptions Called = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <inheritdoc cref="SimdMath.Exp"/>
    [MethodImpl(Called)]
    public static V Exp<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Exp(x);

    /// <inheritdoc cref="SimdMath.Log"/>
    [MethodImpl(Called)]
    public static V Log<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Log(x);

    /// <inheritdoc cref="SimdMath.Tanh"/>
    [MethodImpl(Called)]
    public static V Tanh<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Tanh(x);

    /// <inheritdoc cref="SimdMath.Sigmoid"/>
    [MethodImpl(Called)]
    public static V Sigmoid<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Sigmoid(x);

    /// <inheritdoc cref="SimdMath.NormalCdf"/>
    [MethodImpl(Called)]
    public static V NormalCdf<V>(V x)
        where V : struct, ISimd<V> => SimdMath.NormalCdf(x);

    /// <inheritdoc cref="SimdMath.Erf"/>
    [MethodImpl(Called)]
    public static V Erf<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Erf(x);
}
