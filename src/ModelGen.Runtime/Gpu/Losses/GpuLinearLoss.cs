using System;
using ModelGen.Cpu;

namespace ModelGen.Gpu;

/// <summary>What a layer calculates with, or the gradients with respect to that.</summary>
/// <param name="Hidden">[rows, size].</param>
/// <param name="Weight">[classes, size].</param>
/// <param name="Bias">[classes].</param>
internal readonly record struct GpuLinearLayer(GpuBuffer<float> Hidden, GpuBuffer<float> Weight, GpuBuffer<float> Bias);

/// <summary>A linear layer with softmax and cross-entropy on a device, block of rows after block of rows: see <see cref="LinearLoss{TIndices}"/>.</summary>
/// <remarks>
/// A block is four launches: the scores, their rows, and two products of the gradients. The bias's gradient and the loss are left in parts, which are added up once behind
/// the last block. While kernels are only listed, those of all results are, as no memory says which are needed.
/// </remarks>
internal readonly struct GpuLinearLoss<TIndices>(GpuFrame frame, LinearLossSizes sizes, GpuLinearLayer layer, TIndices target, GpuBuffer<float> loss)
    where TIndices : struct, IGpuIndices
{
    /// <summary>Rows of a block: large products keep large devices busy, and few launches do. With 10,000 classes the scores are 82 MB.</summary>
    private const int RowsPerBlock = 2048;

    private readonly GpuFrame frame = frame;
    private readonly LinearLossSizes sizes = sizes;
    private readonly GpuLinearLayer layer = layer;
    private readonly TIndices target = target;
    private readonly GpuBuffer<float> loss = loss;

    /// <summary>Gets where the gradients go; null where only the loss is wanted.</summary>
    public GpuLinearLayer? Gradients { get; init; }

    /// <summary>Starts the kernels.</summary>
    public void Run()
    {
        int most = Math.Min(sizes.Rows, RowsPerBlock);
        int parts = frame.RowParts(most, sizes.Classes, GpuRows.ThreadsPerGroup);
        long scoresLength = (long)most * sizes.Classes;
        long sumsLength = Gradients is null ? 0 : (long)parts * sizes.Classes;
        GpuBuffer<float> scores = frame.Scratch(scoresLength + sumsLength + parts + 1);
        GpuBuffer<float> biasParts = scores.At(scoresLength);
        GpuBuffer<float> lossParts = biasParts.At(sumsLength);
        GpuBuffer<float> kept = lossParts.At(parts);
        if (sizes.Ignored != LinearLossSizes.NoneIgnored)
        {
            frame.Rows(new GpuKept<TIndices>(target, kept, sizes.Rows, sizes.Ignored), 1, sizes.Rows, GpuRows.ThreadsPerGroup);
        }

        int first = 0;
        do // also where there are no rows: parts begin with the first block
        {
            int rows = Math.Min(sizes.Rows - first, RowsPerBlock);
            Scores(scores, first, rows);
            GpuCrossEntropyRows<TIndices> kernel = new(sizes, Gradients is not null, first, target, scores, biasParts, lossParts, kept);
            frame.Rows(kernel, rows, sizes.Classes, GpuRows.ThreadsPerGroup, parts);
            Products(scores, first, rows);
            first += rows;
        }
        while (first < sizes.Rows);

        Finish(parts, lossParts, biasParts);
    }

    private void Scores(GpuBuffer<float> scores, int first, int rows) => frame.Multiply(
        new GpuBiasEpilogue(layer.Bias, scores, sizes.Classes), 1, rows, sizes.Classes, sizes.Size, layer.Hidden.At((long)first * sizes.Size), false, layer.Weight, true);

    private void Products(GpuBuffer<float> scores, int first, int rows)
    {
        if (Gradients is not { } d)
        {
            return;
        }

        long at = (long)first * sizes.Size;
        if (IsNeeded(d.Hidden))
        {
            frame.Multiply(new GpuSumEpilogue(d.Hidden.At(at), sizes.Size, isFirst: true), 1, rows, sizes.Size, sizes.Classes, scores, false, layer.Weight, false);
        }

        if (IsNeeded(d.Weight))
        {
            frame.Multiply(new GpuSumEpilogue(d.Weight, sizes.Size, isFirst: first == 0), 1, sizes.Classes, sizes.Size, rows, scores, true, layer.Hidden.At(at), false);
        }
    }

    private void Finish(int parts, GpuBuffer<float> lossParts, GpuBuffer<float> biasParts)
    {
        GpuSum ofLoss = GpuSum.Of(lossParts, 1, loss);
        if (Gradients is { } d && IsNeeded(d.Bias))
        {
            frame.Finish(parts, ofLoss, GpuSum.Of(biasParts, sizes.Classes, d.Bias));
        }
        else
        {
            frame.Finish(parts, ofLoss);
        }
    }

    private bool IsNeeded(GpuBuffer<float> gradient) => frame.IsRecording || !gradient.IsEmpty;
}
