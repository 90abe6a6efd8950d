using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The passes over one row of scores that make a softmax and its gradients of it.</summary>
internal static class SoftmaxRow<V>
    where V : struct, ISimd<V>
{
    /// <summary>The greatest score; NaN where any is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Largest(Buffer<float> x, int count)
    {
        V least = V.Broadcast(float.NegativeInfinity);
        V greatest = least;
        nint index = 0;
        for (; index <= count - V.Count; index += V.Count)
        {
            greatest = V.Greatest(greatest, V.Load(x, index));
        }

        if (index < count)
        {
            FirstLanes rest = new(count - (int)index);
            greatest = V.Greatest(greatest, V.Keep(V.Load(x, index, rest), least, rest));
        }

        return V.Max(greatest);
    }

    /// <summary><c>Σ exp(x − largest)</c>, and <c>Σ (x − largest)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Total(Buffer<float> x, int count, float largest, out float shifted)
    {
        V shift = V.Broadcast(largest), total = V.Zero, sum = V.Zero;
        nint index = 0;
        for (; index <= count - V.Count; index += V.Count)
        {
            V difference = V.Load(x, index) - shift;
            sum += difference;
            total += SimdMath.Exp(difference);
        }

        if (index < count)
        {
            FirstLanes rest = new(count - (int)index);
            V difference = V.Load(x, index, rest) - shift;
            sum += V.Keep(difference, V.Zero, rest);
            total += V.Keep(SimdCalls.Exp(difference), V.Zero, rest);
        }

        shifted = V.Sum(sum);
        return V.Sum(total);
    }

    /// <summary>The same, and every score becomes its exponential.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Exponentials(Buffer<float> x, int count, float largest, out float shifted)
    {
        V shift = V.Broadcast(largest), total = V.Zero, sum = V.Zero;
        nint index = 0;
        for (; index <= count - V.Count; index += V.Count)
        {
            V difference = V.Load(x, index) - shift;
            V exponential = SimdMath.Exp(difference);
            sum += difference;
            total += exponential;
            V.Store(x, index, exponential);
        }

        if (index < count)
        {
            FirstLanes rest = new(count - (int)index);
            V difference = V.Load(x, index, rest) - shift;
            V exponential = SimdCalls.Exp(difference);
            sum += V.Keep(difference, V.Zero, rest);
            total += V.Keep(exponential, V.Zero, rest);
            V.Store(x, index, exponential, rest);
        }

        shifted = V.Sum(sum);
        return V.Sum(total);
    }

    /// <summary>Every exponential becomes <c>exponential · factor − even</c>, which is added to the sums, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradients(Buffer<float> x, int count, float factor, float even, Buffer<float> sums)
    {
        V scale = V.Broadcast(factor), less = V.Broadcast(-even);
        nint index = 0;
        for (; index <= count - V.Count; index += V.Count)
        {
            V gradient = V.MultiplyAdd(V.Load(x, index), scale, less);
            V.Store(x, index, gradient);
            V.Store(sums, index, V.Load(sums, index) + gradient);
        }

        if (index < count)
        {
            FirstLanes rest = new(count - (int)index);
            V gradient = V.MultiplyAdd(V.Load(x, index, rest), scale, less);
            V.Store(x, index, gradient, rest);
            V.Store(sums, index, V.Load(sums, index, rest) + gradient, rest);
        }
    }
}
