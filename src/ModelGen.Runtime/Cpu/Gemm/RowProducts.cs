using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>A row times a few columns, read where they lie.</summary>
internal static unsafe class RowProducts<V>
    where V : struct, ISimd<V>
{
    /// <summary><c>sums[c] = Σ_p a[p] · b[c · stride + p]</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Dots(int depth, float* a, float* b, nint stride, int columns, float* sums)
    {
        int column = 0;
        for (; column + 4 <= columns; column += 4)
        {
            FourDots(depth, a, b + (column * stride), stride, sums + column);
        }

        for (; column < columns; column++)
        {
            sums[column] = Dot(depth, a, b + (column * stride));
        }
    }

    /// <summary><c>sums[c] = Σ_p a[p · stride] · b[p · bStride + c]</c> for at most four vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Combine(int depth, float* a, nint aStride, float* b, nint bStride, int columns, float* sums)
    {
        if (columns == 4 * V.Count)
        {
            CombineFour(depth, a, aStride, b, bStride, sums);
            return;
        }

        for (int column = 0; column < columns; column += V.Count)
        {
            var lanes = new FirstLanes(int.Min(columns - column, V.Count));
            V sum = V.Zero;
            for (nint p = 0; p < depth; p++)
            {
                sum = V.MultiplyAdd(V.Broadcast(a[p * aStride]), V.Load(new(b), (p * bStride) + column, lanes), sum);
            }

            V.Store(new(sums), column, sum, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CombineFour(int depth, float* a, nint aStride, float* b, nint bStride, float* sums)
    {
        V sum0 = V.Zero, sum1 = V.Zero, sum2 = V.Zero, sum3 = V.Zero;
        for (; depth > 0; depth--, a += aStride, b += bStride)
        {
            V x = V.Broadcast(*a);
            sum0 = V.MultiplyAdd(x, V.Load(new(b), 0), sum0);
            sum1 = V.MultiplyAdd(x, V.Load(new(b), V.Count), sum1);
            sum2 = V.MultiplyAdd(x, V.Load(new(b), 2 * V.Count), sum2);
            sum3 = V.MultiplyAdd(x, V.Load(new(b), 3 * V.Count), sum3);
        }

        V.Store(new(sums), 0, sum0);
        V.Store(new(sums), V.Count, sum1);
        V.Store(new(sums), 2 * V.Count, sum2);
        V.Store(new(sums), 3 * V.Count, sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourDots(int depth, float* a, float* b, nint stride, float* sums)
    {
        V sum0 = V.Zero, sum1 = V.Zero, sum2 = V.Zero, sum3 = V.Zero;
        int p = 0;
        for (; p + V.Count <= depth; p += V.Count)
        {
            V x = V.Load(new(a), p);
            sum0 = V.MultiplyAdd(x, V.Load(new(b), p), sum0);
            sum1 = V.MultiplyAdd(x, V.Load(new(b), p + stride), sum1);
            sum2 = V.MultiplyAdd(x, V.Load(new(b), p + (2 * stride)), sum2);
            sum3 = V.MultiplyAdd(x, V.Load(new(b), p + (3 * stride)), sum3);
        }

        if (p < depth)
        {
            var lanes = new FirstLanes(depth - p);
            V x = V.Load(new(a), p, lanes);
            sum0 = V.MultiplyAdd(x, V.Load(new(b), p, lanes), sum0);
            sum1 = V.MultiplyAdd(x, V.Load(new(b), p + stride, lanes), sum1);
            sum2 = V.MultiplyAdd(x, V.Load(new(b), p + (2 * stride), lanes), sum2);
            sum3 = V.MultiplyAdd(x, V.Load(new(b), p + (3 * stride), lanes), sum3);
        }

        sums[0] = V.Sum(sum0);
        sums[1] = V.Sum(sum1);
        sums[2] = V.Sum(sum2);
        sums[3] = V.Sum(sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(int depth, float* a, float* b)
    {
        V sum = V.Zero;
        int p = 0;
        for (; p + V.Count <= depth; p += V.Count)
        {
            sum = V.MultiplyAdd(V.Load(new(a), p), V.Load(new(b), p), sum);
        }

        if (p < depth)
        {
            var lanes = new FirstLanes(depth - p);
            sum = V.MultiplyAdd(V.Load(new(a), p, lanes), V.Load(new(b), p, lanes), sum);
        }

        return V.Sum(sum);
    }
}
