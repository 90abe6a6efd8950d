using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The passes over a row of a chunk of scores that make a softmax and its gradients of it.</summary>
internal static class SoftmaxChunk<V>
    where V : struct, ISimd<V>
{
    // Instead of −∞, which no score can be compared with: every finite score is more than this, and −∞ less it is −∞.
    private const float Least = float.MinValue;

    /// <summary>The greatest score <c>x + bias</c>, and the least number where all are −∞; NaN where any is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Greatest(Buffer<float> x, Buffer<float> bias, int count)
    {
        V least = V.Broadcast(Least);
        V greatest = least;
        nint index = 0;
        for (; index <= count - V.Count; index += V.Count)
        {
            greatest = V.Greatest(greatest, Score(x, bias, index));
        }

        if (index < count)
        {
            FirstLanes rest = new(count - (int)index);
            greatest = V.Greatest(greatest, V.Keep(Score(x, bias, index, rest), least, rest));
        }

        return V.Max(greatest);
    }

    /// <summary><c>Σ exp(x + bias − shift)</c>, and each of the exponentials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponentials(Buffer<float> x, Buffer<float> bias, int count, float shift, Buffer<float> exponentials)
    {
        V all = V.Broadcast(shift), total = V.Zero;
        nint index = 0;
        for (; index <= count - V.Count; index += V.Count)
        {
            V exponential = SimdMath.Exp(Score(x, bias, index) - all);
            total += exponential;
            V.Store(exponentials, index, exponential);
        }

        if (index < count)
        {
            FirstLanes rest = new(count - (int)index);
            V exponential = SimdCalls.Exp(Score(x, bias, index, rest) - all);
            total += V.Keep(exponential, V.Zero, rest);
            V.Store(exponentials, index, exponential, rest);
        }

        return V.Sum(total);
    }

    /// <summary><c>Σ (x + bias − shift)</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Shifted(Buffer<float> x, Buffer<float> bias, int count, float shift)
    {
        V all = V.Broadcast(shift), total = V.Zero;
        nint index = 0;
        for (; index <= count - V.Count; index += V.Count)
        {
            total += Score(x, bias, index) - all;
        }

        if (index < count)
        {
            FirstLanes rest = new(count - (int)index);
            total += V.Keep(Score(x, bias, index, rest) - all, V.Zero, rest);
        }

        return V.Sum(total);
    }

    /// <summary><c>gradient = exponential · factor − even</c>, which is added to the sums, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradients(Buffer<float> exponentials, int count, float factor, float even, Buffer<float> gradients, Buffer<float> sums)
    {
        V scale = V.Broadcast(factor), less = V.Broadcast(-even);
        nint index = 0;
        for (; index <= count - V.Count; index += V.Count)
        {
            V gradient = V.MultiplyAdd(V.Load(exponentials, index), scale, less);
            V.Store(gradients, index, gradient);
            V.Store(sums, index, V.Load(sums, index) + gradient);
        }

        if (index < count)
        {
            FirstLanes rest = new(count - (int)index);
            V gradient = V.MultiplyAdd(V.Load(exponentials, index, rest), scale, less);
            V.Store(gradients, index, gradient, rest);
            V.Store(sums, index, V.Load(sums, index, rest) + gradient, rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Score(Buffer<float> x, Buffer<float> bias, nint index) => V.Load(x, index) + V.Load(bias, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Score(Buffer<float> x, Buffer<float> bias, nint index, FirstLanes lanes) => V.Load(x, index, lanes) + V.Load(bias, index, lanes);
}
