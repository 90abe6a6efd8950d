using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>c[.., i, j] = Σₖ a[.., i, k] · b[.., k, j]</c>, leading axes broadcast</summary>
/// <remarks>As <c>torch.matmul</c>: <c>a</c> of rank 1 is a row, <c>b</c> of rank 1 a column; that axis is dropped from the result.</remarks>
internal readonly struct MatMul : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> a = inputs[0], b = inputs[1];
        if (a.Rank == 0 || b.Rank == 0) throw new ArgumentException($"MatMul: {a} · {b}: a number has no rows; use *.");

        NdArray<T> rows = a.Rank == 1 ? a.As([1, .. a.Shape]) : a;
        NdArray<T> columns = b.Rank == 1 ? b.As([.. b.Shape, 1]) : b;
        if (rows.Shape[^1] != columns.Shape[^2])
            throw new ArgumentException($"MatMul: {a} · {b}: the inner sizes {rows.Shape[^1]} and {columns.Shape[^2]} differ.");

        NdArray<T> c = Multiply(rows, columns);
        int[] row = a.Rank == 1 ? [] : [rows.Shape[^2]];
        int[] column = b.Rank == 1 ? [] : [columns.Shape[^1]];
        return c.As([.. c.Shape.SkipLast(2), .. row, .. column]);
    }

    private static NdArray<T> Multiply<T>(NdArray<T> a, NdArray<T> b)
        where T : IFloatingPointIeee754<T>
    {
        int[] batches = Shapes.Broadcast(nameof(MatMul), a.Shape.AsSpan()[..^2], b.Shape.AsSpan()[..^2]);
        var c = new NdArray<T>([.. batches, a.Shape[^2], b.Shape[^1]]);
        foreach (int[] batch in Shapes.Positions(batches))
        {
            int[] corner = [.. batch, 0, 0];
            Multiply(a.From(corner), b.From(corner), c.From(corner), a.Shape[^2], b.Shape[^1], a.Shape[^1]);
        }

        return c;
    }

    /// <summary>One product: a [m, k], b [k, n], c [m, n].</summary>
    private static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Zero;
                for (int l = 0; l < k; l++) sum += a[(i * k) + l] * b[(l * n) + j];
                c[(i * n) + j] = sum;
            }
        }
    }
}
