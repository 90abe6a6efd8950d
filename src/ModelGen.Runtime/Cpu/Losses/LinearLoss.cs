using System.Runtime.CompilerServices;
using ModelGen.Entries;

namespace ModelGen.Cpu;

/// <summary>A linear layer with softmax and cross-entropy, block after block.</summary>
/// <remarks>
/// <code>
/// for every block of rows
///   scores  = hidden · weightᵀ + bias       [block, classes]
///   losses  = ln Σ exp(scores) − scores at the target; scores become their gradients, and their columns are added to the bias's
///   dHidden = scores · weight               the block's rows
///   dWeight += scoresᵀ · hidden
/// </code>
/// The blocks are a function of the shape alone and follow one another, and within a block every sum has an order of its own: no thread changes a bit.
/// </remarks>
internal readonly unsafe struct LinearLoss<TIndices>
    where TIndices : struct, IIndices
{
    private readonly LinearLossSizes sizes;
    private readonly LinearLayer layer;
    private readonly TIndices target;
    private readonly LinearLayer? gradients;
    private readonly Frame frame;
    private readonly Buffer<float> scores;
    private readonly Buffer<float> losses;
    private readonly Buffer<float> biasSums;

    public LinearLoss(in LinearLossSizes sizes, in LinearLayer layer, TIndices target, LinearLayer? gradients, Frame frame)
    {
        (this.sizes, this.layer, this.target, this.gradients, this.frame) = (sizes, layer, target, gradients, frame);
        scores = frame.Scratch(sizes.Scratch(gradients is not null));
        biasSums = scores.At((nint)sizes.MostRows * sizes.Classes);
        losses = gradients is null ? biasSums : biasSums.At((nint)sizes.MostGroups * sizes.Classes);
    }

    /// <summary>Calculates everything.</summary>
    /// <returns>The mean loss.</returns>
    public float Run()
    {
        int kept = Kept();
        double total = 0;
        Begin();
        for (int first = 0; first < sizes.Rows; first += LinearLossSizes.RowsPerBlock)
        {
            int rows = int.Min(sizes.Rows - first, LinearLossSizes.RowsPerBlock);
            Scores(first, rows);
            RowsOf(first, rows, 1f / kept);
            total += Total(rows);
            if (gradients is { } d)
            {
                Products(d, first, rows);
            }
        }

        if (gradients is { Bias.IsEmpty: false } sums)
        {
            Launch.SumBlocks(biasSums, sizes.MostGroups, sizes.Classes, sums.Bias);
        }

        return (float)(total / kept);
    }

    private int Kept()
    {
        int kept = 0;
        for (int row = 0; row < sizes.Rows; row++)
        {
            kept += target[row] == sizes.Ignored ? 0 : 1;
        }

        return kept;
    }

    private void Begin()
    {
        if (gradients is { } d)
        {
            for (int group = 0; group < sizes.MostGroups; group++)
            {
                biasSums.At((nint)group * sizes.Classes).Span(sizes.Classes).Clear();
            }

            for (int row = 0; sizes.Rows == 0 && !d.Weight.IsEmpty && row < sizes.Classes; row++)
            {
                d.Weight.At((nint)row * sizes.Size).Span(sizes.Size).Clear();
            }
        }
    }

    private void Scores(int first, int rows)
    {
        Buffer<float> hidden = layer.Hidden.At((nint)first * sizes.Size);
        GemmOperands product = new(rows, sizes.Classes, sizes.Size, hidden.Start, false, layer.Weight.Start, true) { IsFar = true };
        Gemm.Run(product, new BiasEpilogue(layer.Bias, scores, sizes.Classes), frame);
    }

    private void RowsOf(int first, int rows, float scale)
    {
        CrossEntropyRows<TIndices> kernel = new(sizes, gradients is not null, first, rows, scale, target, scores, losses, biasSums);
        long elements = (long)LinearLossSizes.RowsPerGroup * sizes.Classes;
        Launch.Rows(kernel, LinearLossSizes.Groups(rows), (int)long.Min(elements, int.MaxValue), frame.Threads);
    }

    /// <summary>Adds up some losses in their order; in double, as a mean of many thousands is printed with six digits.</summary>
    private double Total(int rows)
    {
        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            total += losses[row];
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Products(in LinearLayer d, int first, int rows)
    {
        nint at = (nint)first * sizes.Size;
        if (!d.Hidden.IsEmpty)
        {
            Gemm.Run(rows, sizes.Size, sizes.Classes, scores, false, layer.Weight, false, new StoreEpilogue(d.Hidden.At(at), sizes.Size), frame);
        }

        if (d.Weight.IsEmpty)
        {
            return;
        }

        GemmOperands product = new(sizes.Classes, sizes.Size, rows, scores.Start, true, layer.Hidden.At(at).Start, false) { IsFar = true };
        if (first == 0)
        {
            Gemm.Run(product, new StoreEpilogue(d.Weight, sizes.Size), frame);
        }
        else
        {
            Gemm.Run(product, new AddEpilogue(d.Weight, sizes.Size), frame);
        }
    }
}
