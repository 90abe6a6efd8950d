using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The tile for 32 registers: 8 rows by 3 vectors fill 24 of them, and 4 hold what is multiplied.</summary>
internal readonly unsafe partial struct WideTile : ITile
{
    public static int Rows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    public static int Vectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<V, TSink>(int rows, int vectors, int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink
    {
        if (rows <= Rows / 2)
        {
            MultiplyHalf<V, TSink>(vectors, depth, left, right, sink);
        }
        else if (vectors == 3)
        {
            MultiplyThree<V, TSink>(depth, left, right, sink);
        }
        else if (vectors == 2)
        {
            MultiplyTwo<V, TSink>(depth, left, right, sink);
        }
        else
        {
            MultiplyOne<V, TSink>(depth, left, right, sink);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyThree<V, TSink>(int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink
    {
        V c00 = V.Zero, c01 = V.Zero, c02 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero, c12 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero, c22 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero, c32 = V.Zero;
        V c40 = V.Zero, c41 = V.Zero, c42 = V.Zero;
        V c50 = V.Zero, c51 = V.Zero, c52 = V.Zero;
        V c60 = V.Zero, c61 = V.Zero, c62 = V.Zero;
        V c70 = V.Zero, c71 = V.Zero, c72 = V.Zero;
        float* low = left.First, high = low + (4 * left.Line);
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
                x = V.Broadcast(*high);
                c40 = V.MultiplyAdd(x, b0, c40);
                c41 = V.MultiplyAdd(x, b1, c41);
                c42 = V.MultiplyAdd(x, b2, c42);
                x = V.Broadcast(high[line]);
                c50 = V.MultiplyAdd(x, b0, c50);
                c51 = V.MultiplyAdd(x, b1, c51);
                c52 = V.MultiplyAdd(x, b2, c52);
                x = V.Broadcast(high[two]);
                c60 = V.MultiplyAdd(x, b0, c60);
                c61 = V.MultiplyAdd(x, b1, c61);
                c62 = V.MultiplyAdd(x, b2, c62);
                x = V.Broadcast(high[three]);
                c70 = V.MultiplyAdd(x, b0, c70);
                c71 = V.MultiplyAdd(x, b1, c71);
                c72 = V.MultiplyAdd(x, b2, c72);
                low += step;
                high += step;
                b += stride;
                ahead += aheadStride;
            }

            low += left.Jump;
            high += left.Jump;
        }
        while (depth > 0);

        TSink target = sink;
        target.Row(0, c00, c01, c02);
        target.Row(1, c10, c11, c12);
        target.Row(2, c20, c21, c22);
        target.Row(3, c30, c31, c32);
        target.Row(4, c40, c41, c42);
        target.Row(5, c50, c51, c52);
        target.Row(6, c60, c61, c62);
        target.Row(7, c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTwo<V, TSink>(int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink
    {
        V c00 = V.Zero, c01 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero;
        V c40 = V.Zero, c41 = V.Zero;
        V c50 = V.Zero, c51 = V.Zero;
        V c60 = V.Zero, c61 = V.Zero;
        V c70 = V.Zero, c71 = V.Zero;
        float* low = left.First, high = low + (4 * left.Line);
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
                x = V.Broadcast(*high);
                c40 = V.MultiplyAdd(x, b0, c40);
                c41 = V.MultiplyAdd(x, b1, c41);
                x = V.Broadcast(high[line]);
                c50 = V.MultiplyAdd(x, b0, c50);
                c51 = V.MultiplyAdd(x, b1, c51);
                x = V.Broadcast(high[two]);
                c60 = V.MultiplyAdd(x, b0, c60);
                c61 = V.MultiplyAdd(x, b1, c61);
                x = V.Broadcast(high[three]);
                c70 = V.MultiplyAdd(x, b0, c70);
                c71 = V.MultiplyAdd(x, b1, c71);
                low += step;
                high += step;
                b += stride;
                ahead += aheadStride;
            }

            low += left.Jump;
            high += left.Jump;
        }
        while (depth > 0);

        TSink target = sink;
        target.Row(0, c00, c01);
        target.Row(1, c10, c11);
        target.Row(2, c20, c21);
        target.Row(3, c30, c31);
        target.Row(4, c40, c41);
        target.Row(5, c50, c51);
        target.Row(6, c60, c61);
        target.Row(7, c70, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyOne<V, TSink>(int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink
    {
        V c00 = V.Zero;
        V c10 = V.Zero;
        V c20 = V.Zero;
        V c30 = V.Zero;
        V c40 = V.Zero;
        V c50 = V.Zero;
        V c60 = V.Zero;
        V c70 = V.Zero;
        float* low = left.First, high = low + (4 * left.Line);
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
                x = V.Broadcast(*high);
                c40 = V.MultiplyAdd(x, b0, c40);
                x = V.Broadcast(high[line]);
                c50 = V.MultiplyAdd(x, b0, c50);
                x = V.Broadcast(high[two]);
                c60 = V.MultiplyAdd(x, b0, c60);
                x = V.Broadcast(high[three]);
                c70 = V.MultiplyAdd(x, b0, c70);
                low += step;
                high += step;
                b += stride;
            }

            low += left.Jump;
            high += left.Jump;
        }
        while (depth > 0);

        TSink target = sink;
        target.Row(0, c00);
        target.Row(1, c10);
        target.Row(2, c20);
        target.Row(3, c30);
        target.Row(4, c40);
        target.Row(5, c50);
        target.Row(6, c60);
        target.Row(7, c70);
    }
}
