using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The losses of a block of rows of scores, which become the gradients of their mean. A row of the kernel is a group of rows of the block.</summary>
/// <remarks>
/// <c>d scoreⱼ = share · (softmaxⱼ − smoothing / classes)</c>, at the target less <c>share · (1 − smoothing)</c>, where the share is one of the number of rows that
/// count. An ignored row has none; but where its scores are NaN, so are its gradients, as NaN · 0 is.
/// </remarks>
internal readonly struct CrossEntropyRows<TIndices>(
    LinearLossSizes sizes, bool hasGradients, int firstRow, int rows, float scale, TIndices target, Buffer<float> scores, Buffer<float> losses, Buffer<float> biasSums) : IRowKernel
    where TIndices : struct, IIndices
{
    public void Run<V>(int block, int first, int end)
        where V : struct, ISimd<V>
    {
        int last = int.Min(end * LinearLossSizes.RowsPerGroup, rows);
        for (int row = first * LinearLossSizes.RowsPerGroup; row < last; row++)
        {
            losses[row] = Row<V>(row);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private float Row<V>(int row)
        where V : struct, ISimd<V>
    {
        int classes = sizes.Classes;
        Buffer<float> x = scores.At((nint)row * classes);
        nint place = target[firstRow + row];
        bool isKept = place != sizes.Ignored;
        bool isClass = place >= 0 && place < classes;
        float largest = SoftmaxRow<V>.Largest(x, classes);
        float picked = isClass ? x[place] - largest : 0f;
        float total = hasGradients ? SoftmaxRow<V>.Exponentials(x, classes, largest, out float shifted) : SoftmaxRow<V>.Total(x, classes, largest, out shifted);
        if (hasGradients)
        {
            float share = isKept ? scale : 0f;
            Buffer<float> sums = biasSums.At((nint)(row / LinearLossSizes.RowsPerGroup) * classes);
            SoftmaxRow<V>.Gradients(x, classes, share / total, share * sizes.Smoothing / classes, sums);
            if (isClass)
            {
                float ofTarget = share * (1f - sizes.Smoothing);
                x[place] -= ofTarget;
                sums[place] -= ofTarget;
            }
        }

        float logTotal = V.Max(SimdMath.Log(V.Broadcast(total)));
        float loss = logTotal - picked;
        float mixed = sizes.Smoothing == 0f ? loss : ((1f - sizes.Smoothing) * loss) + (sizes.Smoothing * (logTotal - (shifted / classes)));
        return isKept ? mixed : 0f;
    }
}
