using ModelGen.Cpu;

namespace ModelGen.Gpu;

/// <summary>
/// The losses of a block of rows of scores, which become the gradients of their mean: see <see cref="LinearLoss{TIndices}"/>. A group of threads works on row after
/// row, and every thread on the same columns, whose gradients it adds up in its group's part of the bias's.
/// </summary>
internal readonly struct GpuCrossEntropyRows<TIndices>(
    in LinearLossSizes sizes,
    bool hasGradients,
    int firstRow,
    TIndices target,
    GpuBuffer<float> scores,
    GpuBuffer<float> biasParts,
    GpuBuffer<float> lossParts,
    GpuBuffer<float> kept) : IGpuRowKernel
    where TIndices : struct, IGpuIndices
{
    private readonly TIndices target = target;
    private readonly GpuBuffer<float> scores = scores;
    private readonly GpuBuffer<float> biasParts = biasParts;
    private readonly GpuBuffer<float> lossParts = lossParts;
    private readonly GpuBuffer<float> kept = kept;
    private readonly int classes = sizes.Classes;
    private readonly int allRows = sizes.Rows;
    private readonly int firstRow = firstRow;
    private readonly int ignored = sizes.Ignored;
    private readonly int hasGradients = hasGradients ? 1 : 0;
    private readonly float smoothing = sizes.Smoothing;

    public void Run<T>(T team, int block, int first, int end)
        where T : struct, IGpuTeam
    {
        float scale = 1f / (ignored == LinearLossSizes.NoneIgnored ? (float)allRows : kept[0]);
        int sums = block * classes;
        if (firstRow == 0)
        {
            Begin(team, block, sums, scale);
        }

        for (int row = first; row < end; row++)
        {
            Row(team, block, row, sums, scale);
        }
    }

    private void Begin<T>(T team, int block, int sums, float scale)
        where T : struct, IGpuTeam
    {
        for (int column = team.Lane; hasGradients != 0 && column < classes; column += team.Lanes)
        {
            biasParts[sums + column] = 0f;
        }

        if (team.Lane == 0)
        {
            lossParts[block] = 0f * scale; // NaN where no row counts
        }
    }

    private void Row<T>(T team, int block, int row, int sums, float scale)
        where T : struct, IGpuTeam
    {
        int start = row * classes;
        int place = target.At(firstRow + row);
        bool isKept = place != ignored;
        bool isClass = place >= 0 && place < classes;
        float atTarget = isClass ? scores[start + place] : 0f; // read before any thread writes: the reductions wait for all
        float largest = float.NegativeInfinity;
        for (int column = team.Lane; column < classes; column += team.Lanes)
        {
            largest = GpuMath.Max(largest, scores[start + column]);
        }

        largest = team.Max(largest);
        float total = 0f;
        float shifted = 0f;
        for (int column = team.Lane; column < classes; column += team.Lanes)
        {
            float difference = scores[start + column] - largest;
            shifted += difference;
            total += GpuMath.Exp(difference);
        }

        total = team.Sum(total);
        shifted = team.Sum(shifted);
        if (hasGradients != 0)
        {
            float share = isKept ? scale : 0f;
            Gradients(team, start, place, sums, new Share(largest, share / total, share * smoothing / classes, share * (1f - smoothing)));
        }

        if (team.Lane == 0 && isKept)
        {
            float logTotal = GpuMath.Log(total);
            float ofTarget = isClass ? logTotal - (atTarget - largest) : logTotal;
            float mixed = smoothing == 0f ? ofTarget : ((1f - smoothing) * ofTarget) + (smoothing * (logTotal - (shifted / classes)));
            lossParts[block] += mixed * scale;
        }
    }

    private void Gradients<T>(T team, int start, int place, int sums, Share share)
        where T : struct, IGpuTeam
    {
        for (int column = team.Lane; column < classes; column += team.Lanes)
        {
            float gradient = (GpuMath.Exp(scores[start + column] - share.Largest) * share.Factor) - share.Even - (column == place ? share.OfTarget : 0f);
            scores[start + column] = gradient;
            biasParts[sums + column] += gradient;
        }
    }

    /// <summary>What a row's gradients are made with.</summary>
    private readonly struct Share(float largest, float factor, float even, float ofTarget)
    {
        public readonly float Largest = largest;
        public readonly float Factor = factor;
        public readonly float Even = even;
        public readonly float OfTarget = ofTarget;
    }
}

/// <summary>The number of targets that are not ignored, which a group of threads counts.</summary>
internal readonly struct GpuKept<TIndices>(TIndices target, GpuBuffer<float> kept, int rows, int ignored) : IGpuRowKernel
    where TIndices : struct, IGpuIndices
{
    private readonly TIndices target = target;
    private readonly GpuBuffer<float> kept = kept;
    private readonly int rows = rows;
    private readonly int ignored = ignored;

    public void Run<T>(T team, int block, int first, int end)
        where T : struct, IGpuTeam
    {
        float count = 0f;
        for (int row = team.Lane; row < rows; row += team.Lanes)
        {
            count += target.At(row) != ignored ? 1f : 0f;
        }

        count = team.Sum(count);
        if (team.Lane == 0)
        {
            kept[0] = count;
        }
    }
}
