using System.Runtime.CompilerServices;
using ModelGen.Entries;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>A linear layer with softmax and cross-entropy, block of rows after block.</summary>
/// <remarks>
/// <code>
/// for every block of rows
///   for every chunk of classes                  a few chunks are a task
///     scores  = hidden · weightᵀ + bias
///     totals  = Σ exp(scores − greatest); scores become these exponentials
///   losses  = ln Σ exp(scores) − scores at the target, of the chunks' totals
///   for every chunk of classes
///     gradients = exponentials · factor − what belongs to the target; their columns are added to dBias
///     dHidden  += gradients · weight            a part for every task, added up behind them
///     dWeight  += gradientsᵀ · hidden
/// </code>
/// A score is stored once and read once: all other passes over a chunk find it in the second-level cache. How rows and classes are cut up depends on the shape alone, and every
/// sum has an order of its own: no thread changes a bit.
/// </remarks>
internal unsafe struct LinearLoss<TIndices> : ISimdWork
    where TIndices : struct, IIndices
{
    private readonly LinearLossSizes sizes;
    private readonly LinearLayer layer;
    private readonly TIndices target;
    private readonly LinearLayer gradients;
    private readonly bool hasGradients;
    private readonly int threads;
    private readonly RowTotals totals;
    private readonly Buffer<float> scores;
    private readonly Buffer<float> parts;
    private int firstRow;
    private int rows;

    public LinearLoss(in LinearLossSizes sizes, in LinearLayer layer, TIndices target, LinearLayer? gradients, Frame frame)
    {
        (this.sizes, this.layer, this.target, this.gradients, threads) = (sizes, layer, target, gradients ?? default, frame.Threads);
        hasGradients = gradients is not null;
        Buffer<float> memory = frame.Scratch(sizes.Scratch(hasGradients));
        totals = new(sizes.MostRows, sizes.Chunks, memory);
        scores = memory.At(RowTotals.Length(sizes.MostRows, sizes.Chunks));
        parts = scores.At((nint)sizes.Chunks * sizes.ChunkLength);
    }

    /// <summary>Gets the mean loss, when everything has run.</summary>
    public float Mean { get; private set; }

    /// <summary>Calculates everything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, ISimd<V>
    {
        int kept = 0;
        for (int row = 0; row < sizes.Rows; row++)
        {
            kept += target[row] == sizes.Ignored ? 0 : 1;
        }

        double total = 0; // a mean of many thousands is printed with six digits
        for (firstRow = 0; firstRow < sizes.Rows; firstRow += rows)
        {
            rows = int.Min(sizes.Rows - firstRow, LinearLossSizes.RowsPerBlock);
            Begin(1f / kept);
            WorkerPool.Shared.Run(sizes.Groups, threads, Unsafe.AsPointer(ref this), &Scores<V>);
            totals.Join<V>(sizes, rows);
            for (int row = 0; row < rows; row++)
            {
                total += totals.Losses[row];
            }

            if (hasGradients)
            {
                WorkerPool.Shared.Run(sizes.Groups, threads, Unsafe.AsPointer(ref this), &Gradients<V>);
                if (!gradients.Hidden.IsEmpty)
                {
                    Launch.SumBlocks(parts, sizes.Groups, rows * sizes.Size, gradients.Hidden.At((nint)firstRow * sizes.Size));
                }
            }
        }

        if (sizes.Rows == 0)
        {
            Clear(gradients.Weight, (long)sizes.Classes * sizes.Size);
            Clear(gradients.Bias, sizes.Classes);
        }

        Mean = (float)(total / kept);
    }

    private static void Clear(Buffer<float> gradient, long count)
    {
        for (nint index = 0; !gradient.IsEmpty && index < count; index++)
        {
            gradient[index] = 0;
        }
    }

    private readonly void Begin(float scale)
    {
        for (int row = 0; row < rows; row++)
        {
            totals.Shares[row] = target[firstRow + row] == sizes.Ignored ? 0f : scale;
            totals.Picked[row] = 0f;
        }
    }

    /// <summary>The scores of a group of chunks, as exponentials, and their totals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scores<V>(void* state, int group)
        where V : struct, ISimd<V>
    {
        ref LinearLoss<TIndices> loss = ref Unsafe.AsRef<LinearLoss<TIndices>>(state);
        int last = loss.sizes.FirstChunk(group + 1);
        for (int chunk = loss.sizes.FirstChunk(group); chunk < last; chunk++)
        {
            loss.Scores<V>(chunk, last);
        }
    }

    private readonly void Scores<V>(int chunk, int lastChunk)
        where V : struct, ISimd<V>
    {
        int first = sizes.FirstClass(chunk), classes = sizes.FirstClass(chunk + 1) - first;
        Buffer<float> x = new(Scratch.Product(sizes.ChunkLength)), hidden = layer.Hidden.At((nint)firstRow * sizes.Size);
        StoreEpilogue store = new(x, sizes.Stride);
        Gemm.Multiply<V, StoreEpilogue>(new GemmOperands(rows, classes, sizes.Size, hidden.Start, false, WeightOf(chunk).Start, true), ref store, threads: 1);
        Buffer<float> exponentials = hasGradients ? ScoresOf(chunk) : x, bias = layer.Bias.At(first);
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * sizes.Stride;
            Total<V>(chunk, row, x.At(at), bias, classes, target[firstRow + row] - first, exponentials.At(at));
            Fetch(chunk + 1 < lastChunk ? WeightOf(chunk + 1) : default, row, sizes.FirstClass(chunk + 2) - sizes.FirstClass(chunk + 1));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void Total<V>(int chunk, int row, Buffer<float> x, Buffer<float> bias, int classes, nint place, Buffer<float> exponentials)
        where V : struct, ISimd<V>
    {
        if (place >= 0 && place < classes)
        {
            totals.Picked[row] = x[place] + bias[place];
        }

        float greatest = SoftmaxChunk<V>.Greatest(x, bias, classes);
        totals.Greatest(chunk)[row] = greatest;
        if (sizes.Smoothing != 0f)
        {
            totals.Shifted(chunk)[row] = SoftmaxChunk<V>.Shifted(x, bias, classes, greatest);
        }

        totals.Totals(chunk)[row] = SoftmaxChunk<V>.Exponentials(x, bias, classes, greatest, exponentials);
    }

    /// <summary>Asks the caches for a row of a part of the weight, or of its gradient, that the next product needs: it arrives while rows of scores are passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Fetch(Buffer<float> part, int row, int count)
    {
        if (part.IsEmpty || row >= count)
        {
            return;
        }

        for (nint index = 0; index < sizes.Size; index += Touch.Count)
        {
            Touch.Load(part, ((nint)row * sizes.Size) + index);
        }
    }

    /// <summary>What a group of chunks brings to the gradients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gradients<V>(void* state, int group)
        where V : struct, ISimd<V>
    {
        ref LinearLoss<TIndices> loss = ref Unsafe.AsRef<LinearLoss<TIndices>>(state);
        int first = loss.sizes.FirstChunk(group);
        for (int chunk = first; chunk < loss.sizes.FirstChunk(group + 1); chunk++)
        {
            Buffer<float> ofScores = new(Scratch.Product(loss.sizes.ChunkLength + loss.sizes.Stride));
            loss.OfScores<V>(chunk, ofScores);
            loss.Products<V>(chunk, ofScores, loss.parts.At((nint)group * loss.rows * loss.sizes.Size), isFirst: chunk == first);
        }
    }

    /// <summary>
    /// <c>d scoreⱼ = share · (softmaxⱼ − smoothing / classes)</c>, at the target less <c>share · (1 − smoothing)</c>. An ignored row's share is 0; but where its
    /// scores are NaN, so are its gradients, as NaN · 0 is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void OfScores<V>(int chunk, Buffer<float> ofScores)
        where V : struct, ISimd<V>
    {
        int first = sizes.FirstClass(chunk), classes = sizes.FirstClass(chunk + 1) - first;
        Buffer<float> exponentials = ScoresOf(chunk), factors = totals.Greatest(chunk), sums = ofScores.At(sizes.ChunkLength);
        Buffer<float> weight = gradients.Hidden.IsEmpty ? default : WeightOf(chunk), ofWeight = gradients.Weight.IsEmpty ? default : gradients.Weight.At((nint)first * sizes.Size);
        sums.Span(classes).Clear();
        for (int row = 0; row < rows; row++)
        {
            float share = totals.Shares[row];
            Buffer<float> gradient = ofScores.At((nint)row * sizes.Stride);
            SoftmaxChunk<V>.Gradients(exponentials.At((nint)row * sizes.Stride), classes, factors[row], share * sizes.Smoothing / sizes.Classes, gradient, sums);
            Fetch(weight, row, classes);
            Fetch(ofWeight, row, classes);
            nint place = target[firstRow + row] - first;
            if (place >= 0 && place < classes)
            {
                float ofTarget = share * (1f - sizes.Smoothing);
                gradient[place] -= ofTarget;
                sums[place] -= ofTarget;
            }
        }

        for (int index = 0; !gradients.Bias.IsEmpty && index < classes; index++)
        {
            gradients.Bias[first + index] = firstRow == 0 ? sums[index] : gradients.Bias[first + index] + sums[index];
        }
    }

    private readonly void Products<V>(int chunk, Buffer<float> ofScores, Buffer<float> part, bool isFirst)
        where V : struct, ISimd<V>
    {
        nint first = sizes.FirstClass(chunk) * (nint)sizes.Size;
        int classes = sizes.FirstClass(chunk + 1) - sizes.FirstClass(chunk);
        if (!gradients.Hidden.IsEmpty)
        {
            Multiply<V>(new GemmOperands(rows, sizes.Size, classes, ofScores.Start, false, WeightOf(chunk).Start, false) { ARow = sizes.Stride }, part, isFirst);
        }

        if (!gradients.Weight.IsEmpty)
        {
            float* hidden = layer.Hidden.At((nint)firstRow * sizes.Size).Start;
            Multiply<V>(new GemmOperands(classes, sizes.Size, rows, ofScores.Start, true, hidden, false) { ADepth = sizes.Stride, IsFar = true }, gradients.Weight.At(first), firstRow == 0);
        }
    }

    private readonly void Multiply<V>(in GemmOperands product, Buffer<float> sum, bool isFirst)
        where V : struct, ISimd<V>
    {
        if (isFirst)
        {
            StoreEpilogue store = new(sum, sizes.Size);
            Gemm.Multiply<V, StoreEpilogue>(product, ref store, threads: 1);
        }
        else
        {
            AddEpilogue add = new(sum, sizes.Size);
            Gemm.Multiply<V, AddEpilogue>(product, ref add, threads: 1);
        }
    }

    private readonly Buffer<float> WeightOf(int chunk) => layer.Weight.At((nint)sizes.FirstClass(chunk) * sizes.Size);

    private readonly Buffer<float> ScoresOf(int chunk) => scores.At((nint)chunk * sizes.ChunkLength);
}
