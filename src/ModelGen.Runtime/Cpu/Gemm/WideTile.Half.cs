using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>The tile's upper half.</content>
internal readonly unsafe partial struct WideTile
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyHalf<V, TSink>(int vectors, int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink
    {
        if (vectors == 3)
        {
            HalfOfThree<V, TSink>(depth, left, right, sink);
        }
        else if (vectors == 2)
        {
            HalfOfTwo<V, TSink>(depth, left, right, sink);
        }
        else
        {
            HalfOfOne<V, TSink>(depth, left, right, sink);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfOfThree<V, TSink>(int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink
    {
        V c00 = V.Zero, c01 = V.Zero, c02 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero, c12 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero, c22 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero, c32 = V.Zero;
        float* low = left.First;
        nint line = left.Line, two = 2 * line, three = 3 * line, step = left.Step;
        float* b = right.First, ahead = right.Ahead;
        nint stride = right.Stride, aheadStride = right.AheadStride;
        do
        {
            int steps = int.Min(depth, left.Run);
            depth -= steps;
            for (; steps > 0; steps--)
            {
                RightLines.Ask(ahead);
                V b0 = V.Load(new(b), 0);
                V b1 = V.Load(new(b), V.Count);
                V b2 = V.Load(new(b), 2 * V.Count);
                V x = V.Broadcast(*low);
                c00 = V.MultiplyAdd(x, b0, c00);
                c01 = V.MultiplyAdd(x, b1, c01);
                c02 = V.MultiplyAdd(x, b2, c02);
                x = V.Broadcast(low[line]);
                c10 = V.MultiplyAdd(x, b0, c10);
                c11 = V.MultiplyAdd(x, b1, c11);
                c12 = V.MultiplyAdd(x, b2, c12);
                x = V.Broadcast(low[two]);
                c20 = V.MultiplyAdd(x, b0, c20);
                c21 = V.MultiplyAdd(x, b1, c21);
                c22 = V.MultiplyAdd(x, b2, c22);
                x = V.Broadcast(low[three]);
                c30 = V.MultiplyAdd(x, b0, c30);
                c31 = V.MultiplyAdd(x, b1, c31);
                c32 = V.MultiplyAdd(x, b2, c32);
                low += step;
                b += stride;
                ahead += aheadStride;
            }

            low += left.Jump;
        }
        while (depth > 0);

        TSink target = sink;
        target.Row(0, c00, c01, c02);
        target.Row(1, c10, c11, c12);
        target.Row(2, c20, c21, c22);
        target.Row(3, c30, c31, c32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfOfTwo<V, TSink>(int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink
    {
        V c00 = V.Zero, c01 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero;
        float* low = left.First;
        nint line = left.Line, two = 2 * line, three = 3 * line, step = left.Step;
        float* b = right.First, ahead = right.Ahead;
        nint stride = right.Stride, aheadStride = right.AheadStride;
        do
        {
            int steps = int.Min(depth, left.Run);
            depth -= steps;
            for (; steps > 0; steps--)
            {
                RightLines.Ask(ahead);
                V b0 = V.Load(new(b), 0);
                V b1 = V.Load(new(b), V.Count);
                V x = V.Broadcast(*low);
                c00 = V.MultiplyAdd(x, b0, c00);
                c01 = V.MultiplyAdd(x, b1, c01);
                x = V.Broadcast(low[line]);
                c10 = V.MultiplyAdd(x, b0, c10);
                c11 = V.MultiplyAdd(x, b1, c11);
                x = V.Broadcast(low[two]);
                c20 = V.MultiplyAdd(x, b0, c20);
                c21 = V.MultiplyAdd(x, b1, c21);
                x = V.Broadcast(low[three]);
                c30 = V.MultiplyAdd(x, b0, c30);
                c31 = V.MultiplyAdd(x, b1, c31);
                low += step;
                b += stride;
                ahead += aheadStride;
            }

            low += left.Jump;
        }
        while (depth > 0);

        TSink target = sink;
        target.Row(0, c00, c01);
        target.Row(1, c10, c11);
        target.Row(2, c20, c21);
        target.Row(3, c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfOfOne<V, TSink>(int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink
    {
        V c00 = V.Zero;
        V c10 = V.Zero;
        V c20 = V.Zero;
        V c30 = V.Zero;
        float* low = left.First;
        nint line = left.Line, two = 2 * line, three = 3 * line, step = left.Step;
        float* b = right.First;
        nint stride = right.Stride;
        do
        {
            int steps = int.Min(depth, left.Run);
            depth -= steps;
            for (; steps > 0; steps--)
            {
                V b0 = V.Load(new(b), 0);
                V x = V.Broadcast(*low);
                c00 = V.MultiplyAdd(x, b0, c00);
                x = V.Broadcast(low[line]);
                c10 = V.MultiplyAdd(x, b0, c10);
                x = V.Broadcast(low[two]);
                c20 = V.MultiplyAdd(x, b0, c20);
                x = V.Broadcast(low[three]);
                c30 = V.MultiplyAdd(x, b0, c30);
                low += step;
                b += stride;
            }

            low += left.Jump;
        }
        while (depth > 0);

        TSink target = sink;
        target.Row(0, c00);
        target.Row(1, c10);
        target.Row(2, c20);
        target.Row(3, c30);
    }
}
