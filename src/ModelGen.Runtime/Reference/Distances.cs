using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = mean of 1 − c</c> where the target is 1, and of <c>max(0, c − margin)</c> where it is −1; c is the cosine along the last axis</summary>
internal readonly struct CosineEmbedding(double margin) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> a = inputs[0], b = inputs[1], target = inputs[2];
        Shapes.RequireSame(nameof(CosineEmbedding), a.Shape, b.Shape);
        Shapes.Axis(nameof(CosineEmbedding), -1, a.Shape);
        Shapes.RequireSame(nameof(CosineEmbedding), a.Shape[..^1], target.Shape);
        T least = T.CreateChecked(margin);
        var terms = new NdArray<T>(target.Shape);
        foreach (int[] p in Shapes.Positions(target.Shape))
        {
            T cosine = Dot(a, b, p) / (Length(a, p) * Length(b, p));
            terms[p] = target[p] == T.One ? T.One - cosine : target[p] == -T.One ? T.Max(T.Zero, cosine - least) : T.Zero;
        }

        return new Mean(axes: null, keepDims: false).Run([terms]);
    }

    private static T Length<T>(NdArray<T> x, int[] row)
        where T : IFloatingPointIeee754<T>
    {
        return T.Sqrt(Dot(x, x, row) + T.CreateChecked(1e-12));
    }

    private static T Dot<T>(NdArray<T> a, NdArray<T> b, int[] row)
        where T : IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < a.Shape[^1]; i++) sum += a[[.. row, i]] * b[[.. row, i]];
        return sum;
    }
}

/// <summary><c>y = mean of max(0, d(anchor, positive) − d(anchor, negative) + margin)</c> with <c>d(a, b) = ‖a − b + eps‖ₚ</c> along the last axis</summary>
internal readonly struct Triplet(double margin, double p, double eps) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        Shapes.Axis(nameof(Triplet), -1, inputs[0].Shape);
        NdArray<T> near = Distance(inputs[0], inputs[1]), far = Distance(inputs[0], inputs[2]);
        T apart = T.CreateChecked(margin);
        var terms = new NdArray<T>(near.Shape);
        for (int i = 0; i < terms.Values.Length; i++) terms.Values[i] = T.Max(T.Zero, near.Values[i] - far.Values[i] + apart);
        return new Mean(axes: null, keepDims: false).Run([terms]);
    }

    private NdArray<T> Distance<T>(NdArray<T> a, NdArray<T> b)
        where T : IFloatingPointIeee754<T>
    {
        Shapes.RequireSame(nameof(Triplet), a.Shape, b.Shape);
        T shift = T.CreateChecked(eps);
        return new Norm([-1], keepDims: false, p).Run([new Pairwise<Sub>().Run([a, b]).Select(x => x + shift)]);
    }
}
