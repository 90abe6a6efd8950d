using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>The error function.</content>
public static partial class SimdMath
{
    private const float ErfSplit = 0.925f;

    /// <summary>The error function, within 1.2 units in the last place.</summary>
    /// <param name="x">Any value; NaN gives NaN, −0 gives −0.</param>
    /// <returns>A value in [−1, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x)
        where V : struct, ISimd<V>
    {
        V size = V.Clamp(V.Abs(x), 0f, 4f); // from 3.92 on the result is 1
        V result = V.Select(V.Greater(size, V.Broadcast(ErfSplit)), ErfFar(size), ErfNear(size));
        return WithSign(result, x);
    }

    /// <summary><c>erf x = x + x · P(x²)</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfNear<V>(V x)
        where V : struct, ISimd<V>
    {
        V square = x * x;
        V p = V.Broadcast(-0.000595958962f);
        p = Step(p, square, 0.00498735299f);
        p = Step(p, square, -0.0267629661f);
        p = Step(p, square, 0.11281731f);
        p = Step(p, square, -0.376124889f);
        p = Step(p, square, 0.128379151f);
        return V.MultiplyAdd(p, x, x);
    }

    /// <summary><c>erf x = 1 − e^−(x + x · P(x))</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfFar<V>(V x)
        where V : struct, ISimd<V>
    {
        V p = V.Broadcast(-0.000213995794f);
        p = Step(p, x, 0.003215031f);
        p = Step(p, x, -0.0228901636f);
        p = Step(p, x, 0.105262093f);
        p = Step(p, x, 0.635718167f);
        p = Step(p, x, 0.128514394f);
        V e = ExpMinusOne(-V.MultiplyAdd(p, x, x), out V n);
        return V.Broadcast(1f) - V.Scale(e + V.Broadcast(1f), n);
    }
}
