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

    /// <inheritdoc cref="SimdMath.Log1p"/>
    [MethodImpl(Called)]
    public static V Log1p<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Log1p(x);

    /// <inheritdoc cref="SimdMath.Expm1"/>
    [MethodImpl(Called)]
    public static V Expm1<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Expm1(x);

    /// <inheritdoc cref="SimdMath.Sin"/>
    [MethodImpl(Called)]
    public static V Sin<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Sin(x);

    /// <inheritdoc cref="SimdMath.Cos"/>
    [MethodImpl(Called)]
    public static V Cos<V>(V x)
        where V : struct, ISimd<V> => SimdMath.Cos(x);

    /// <inheritdoc cref="SimdMath.Pow"/>
    [MethodImpl(Called)]
    public static V Pow<V>(V a, V b)
        where V : struct, ISimd<V> => SimdMath.Pow(a, b);
}
