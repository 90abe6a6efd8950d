using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>The gradients of a block of rows.</content>
internal unsafe partial struct LinearLoss<TIndices>
{
    /// <summary>
    /// What a group of chunks brings to the gradients of the weight and the bias: <c>d scoreⱼ = share · (softmaxⱼ − smoothing / classes)</c>, at the target less
    /// <c>share · (1 − smoothing)</c>, each as an exponential whose factor is the row's. An ignored row's share is 0; but where its scores are NaN, so are its gradients,
    /// as NaN · 0 is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gradients<V, TTile>(void* state, int group)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        ref LinearLoss<TIndices> loss = ref Unsafe.AsRef<LinearLoss<TIndices>>(state);
        float* hidden = Scratch.Panels(RightPanels<V, TTile>.Length(loss.sizes.Size, loss.rows));
        float* tile = Scratch.Local(TTile.Rows * RightPanels<V, TTile>.Columns);
        if (!loss.gradients.Weight.IsEmpty)
        {
            loss.PackScaledHidden<V, TTile>(loss.totals.Factors(group), hidden);
        }

        Ahead ahead = default;
        bool isAdjusted = loss.sizes.Smoothing != 0f || loss.totals.AreScaled(group, loss.rows);
        for (int chunk = loss.sizes.FirstChunk(group); chunk < loss.sizes.FirstChunk(group + 1); chunk++)
        {
            if (isAdjusted)
            {
                loss.Adjust<V>(chunk, group);
            }

            loss.TakeFromTargets(chunk, group);
            loss.OfBias<V>(chunk, group);
            loss.OfWeight<V, TTile>(chunk, hidden, tile, ref ahead);
        }
    }

    /// <summary>The hidden rows times their factors, as the right factor of the product for the weight's gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void PackScaledHidden<V, TTile>(Buffer<float> factors, float* panels)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        Buffer<float> hidden = HiddenRows;
        for (int column = 0; column < sizes.Size;)
        {
            int vectors = RightPanels<V, TTile>.Vectors(sizes.Size - column);
            for (int row = 0; row < rows; row++)
            {
                V factor = V.Broadcast(factors[row]);
                for (int vector = 0; vector < vectors; vector++, panels += V.Count)
                {
                    int place = column + (vector * V.Count);
                    V.Store(new(panels), 0, factor * V.Load(hidden, ((nint)row * sizes.Size) + place, new FirstLanes(int.Min(V.Count, sizes.Size - place))));
                }
            }

            column += vectors * V.Count;
        }
    }

    /// <summary>Scales what needs it, and takes the share that all classes have of a smoothed target.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void Adjust<V>(int chunk, int group)
        where V : struct, ISimd<V>
    {
        Buffer<float> scales = totals.Scales(group), certain = totals.Certain(group);
        float even = -sizes.Smoothing / sizes.Classes;
        for (int row = 0; row < rows; row += V.Count)
        {
            V scale = V.Load(scales, row), less = V.Load(certain, row) * even;
            Buffer<float> of = ExponentialsOf(chunk, row, 0);
            for (nint line = 0; line < ClassesOf(chunk); line++)
            {
                nint place = line * LinearLossSizes.RowsPerPiece;
                V.Store(of, place, V.MultiplyAdd(V.Load(of, place), scale, less));
            }
        }
    }

    private readonly void TakeFromTargets(int chunk, int group)
    {
        Buffer<float> certain = totals.Certain(group);
        int first = sizes.FirstClass(chunk), classes = ClassesOf(chunk);
        for (int row = 0; row < rows; row++)
        {
            nint line = target[firstRow + row] - first;
            if (line >= 0 && line < classes)
            {
                Buffer<float> exponential = ExponentialsOf(chunk, row, (int)line);
                exponential[0] -= (1f - sizes.Smoothing) * certain[row];
            }
        }
    }

    private readonly void OfBias<V>(int chunk, int group)
        where V : struct, ISimd<V>
    {
        for (int line = 0; !gradients.Bias.IsEmpty && line < ClassesOf(chunk); line++)
        {
            int place = sizes.FirstClass(chunk) + line;
            float sum = OfBias<V>(ExponentialsOf(chunk, 0, line), totals.Factors(group));
            gradients.Bias[place] = firstRow == 0 ? sum : gradients.Bias[place] + sum;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly float OfBias<V>(Buffer<float> exponentials, Buffer<float> factors)
        where V : struct, ISimd<V>
    {
        V sum = V.Zero;
        for (int piece = 0; piece < rows; piece += LinearLossSizes.RowsPerPiece)
        {
            int end = int.Min(LinearLossSizes.RowsPerPiece, rows - piece), row = 0;
            for (; row <= end - V.Count; row += V.Count)
            {
                sum = V.MultiplyAdd(V.Load(exponentials, row), V.Load(factors, piece + row), sum);
            }

            if (row < end)
            {
                FirstLanes rest = new(end - row);
                sum = V.MultiplyAdd(V.Load(exponentials, row, rest), V.Load(factors, piece + row, rest), sum);
            }

            exponentials = exponentials.At(sizes.PieceLength);
        }

        return V.Sum(sum);
    }

    private readonly void PackWeight<V, TTile>(int chunk, float* panels)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        float* weight = WeightOf(layer, chunk).Start;
        RightPanels<V, TTile>.Pack(new GemmOperands(rows, sizes.Size, ClassesOf(chunk), weight, false, weight, false), 0, sizes.Size, sizes.Size, panels);
    }

    /// <summary>Rows of the product are rows of the block: a line is a row, and classes are the depth.</summary>
    private readonly void AddToPart<V, TTile>(int chunk, int piece, in ChunkProduct<V, TTile> product, ref Ahead ahead)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        int end = int.Min(piece + LinearLossSizes.RowsPerPiece, rows);
        for (int row = piece; row < end; row += TTile.Rows)
        {
            product.Multiply(new LeftLines(ExponentialsOf(chunk, row, 0).Start, 1, LinearLossSizes.RowsPerPiece), row, int.Min(TTile.Rows, end - row), ref ahead);
        }
    }

    /// <summary>Rows of the product are classes: a line is a class, and rows of the block are the depth, piece by piece.</summary>
    private readonly void OfWeight<V, TTile>(int chunk, float* hidden, float* tile, ref Ahead ahead)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        const int RowsPerPiece = LinearLossSizes.RowsPerPiece;
        int classes = ClassesOf(chunk);
        if (gradients.Weight.IsEmpty)
        {
            return;
        }

        ahead.Begin((long)RightPanels<V, TTile>.Count(sizes.Size) * GemmBlocking.CeilingDivide(classes, TTile.Rows) * rows);
        if (chunk + 1 < sizes.Chunks)
        {
            ahead.Add(ScoresOf(chunk + 1), sizes.ChunkLength);
            ahead.Add(WeightOf(gradients, chunk + 1), (nint)ClassesOf(chunk + 1) * sizes.Size);
        }

        ChunkProduct<V, TTile> product = new(sizes.Size, rows, hidden, tile, WeightOf(gradients, chunk), add: firstRow > 0);
        for (int line = 0; line < classes; line += TTile.Rows)
        {
            product.Multiply(new LeftLines(ExponentialsOf(chunk, 0, line).Start, RowsPerPiece, 1, RowsPerPiece, sizes.PieceLength - RowsPerPiece), line, int.Min(TTile.Rows, classes - line), ref ahead);
        }
    }

    /// <summary>
    /// <c>dHidden = Σ factor · part</c> of a piece of rows, over the groups in their order, less what the smoothed target takes: <c>share · (1 − smoothing)</c> of the target's
    /// row of the weight and <c>share · smoothing / classes</c> of all its rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FinishHidden<V>(void* state, int piece)
        where V : struct, ISimd<V>
    {
        ref LinearLoss<TIndices> loss = ref Unsafe.AsRef<LinearLoss<TIndices>>(state);
        int first = piece * LinearLossSizes.RowsPerPiece, end = int.Min(first + LinearLossSizes.RowsPerPiece, loss.rows);
        for (int row = first; row < end; row++)
        {
            loss.TakeFromHidden<V>(row);
        }

        for (int group = 0; group < loss.sizes.Groups; group++)
        {
            Buffer<float> part = loss.PartOf(group), factors = loss.totals.Factors(group), scales = loss.totals.Scales(group);
            for (int row = first; row < end; row++)
            {
                loss.AddToHidden<V>(row, part.At((nint)row * loss.sizes.Size), factors[row] * scales[row]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void TakeFromHidden<V>(int row)
        where V : struct, ISimd<V>
    {
        nint place = target[firstRow + row];
        Buffer<float> ofTarget = place >= 0 && place < sizes.Classes ? layer.Weight.At(place * sizes.Size) : default;
        float share = totals.Shares[row], factor = (sizes.Smoothing - 1f) * share, even = -share * sizes.Smoothing / sizes.Classes;
        Buffer<float> gradient = gradients.Hidden.At((nint)(firstRow + row) * sizes.Size);
        for (int index = 0; index < sizes.Size; index += V.Count)
        {
            FirstLanes lanes = new(int.Min(V.Count, sizes.Size - index));
            V sum = sizes.Smoothing == 0f ? V.Zero : V.Load(weightSum, index, lanes) * even;
            V.Store(gradient, index, ofTarget.IsEmpty ? sum : V.MultiplyAdd(V.Load(ofTarget, index, lanes), factor, sum), lanes);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void AddToHidden<V>(int row, Buffer<float> part, float factor)
        where V : struct, ISimd<V>
    {
        Buffer<float> gradient = gradients.Hidden.At((nint)(firstRow + row) * sizes.Size);
        V factors = V.Broadcast(factor);
        int index = 0;
        for (; index <= sizes.Size - V.Count; index += V.Count)
        {
            V.Store(gradient, index, V.MultiplyAdd(V.Load(part, index), factors, V.Load(gradient, index)));
        }

        if (index < sizes.Size)
        {
            FirstLanes rest = new(sizes.Size - index);
            V.Store(gradient, index, V.MultiplyAdd(V.Load(part, index, rest), factors, V.Load(gradient, index, rest)), rest);
        }
    }

    /// <summary>The sum of the weight's rows: what all classes' share of a smoothed target needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SumWeight<V>()
        where V : struct, ISimd<V>
    {
        weightSum.Span(sizes.Size).Clear();
        for (int line = 0; line < sizes.Classes; line++)
        {
            Buffer<float> row = layer.Weight.At((nint)line * sizes.Size);
            for (int index = 0; index < sizes.Size; index += V.Count)
            {
                FirstLanes lanes = new(int.Min(V.Count, sizes.Size - index));
                V.Store(weightSum, index, V.Load(weightSum, index, lanes) + V.Load(row, index, lanes), lanes);
            }
        }
    }
}
