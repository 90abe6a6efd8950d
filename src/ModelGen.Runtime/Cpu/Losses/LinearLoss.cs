using System.Runtime.CompilerServices;
using ModelGen.Entries;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>A linear layer with softmax and cross-entropy, block of rows after block.</summary>
/// <remarks>
/// <code>
/// for every block of rows
///   for every group of chunks of classes                a task
///     exponentials = exp(weight · hiddenᵀ + bias − shift), made tile by tile; their totals
///     part        += exponentialsᵀ · weight
///   losses  = −ln(exponential at the target / Σ exponentials), of the groups' totals
///   dHidden = Σ factors · parts − what belongs to the target
///   for every group of chunks of classes                a task
///     exponentials −= what a probability of 1 would be, at the target
///     dBias   += exponentials · factors
///     dWeight += exponentials · (factors · hidden)
/// </code>
/// What makes probabilities of exponentials is a factor for each row: the small factors of the products bear it, and the exponentials, which are written to the last-level cache and
/// read again once, need no pass for it. The shift of a group is the greatest score of its first tile; where others are so much greater that their total is no number to count with,
/// the group begins again with its greatest score. How rows and classes are cut up depends on the shape and the instruction set alone, and every sum has an order of its own: no thread
/// changes a bit.
/// </remarks>
internal unsafe partial struct LinearLoss<TIndices> : ISimdWork
    where TIndices : struct, IIndices
{
    private readonly LinearLossSizes sizes;
    private readonly LinearLayer layer;
    private readonly TIndices target;
    private readonly LinearLayer gradients;
    private readonly bool hasGradients;
    private readonly int threads;
    private readonly RowTotals totals;
    private readonly Buffer<float> hiddenPanels;
    private readonly Buffer<float> scores;
    private readonly Buffer<float> parts;
    private readonly Buffer<float> weightSum;
    private int firstRow;
    private int rows;

    public LinearLoss(in LinearLossSizes sizes, in LinearLayer layer, TIndices target, LinearLayer? gradients, Frame frame)
    {
        (this.sizes, this.layer, this.target, this.gradients, threads) = (sizes, layer, target, gradients ?? default, frame.Threads);
        hasGradients = gradients is not null;
        Buffer<float> memory = frame.Scratch(sizes.Scratch(hasGradients));
        totals = new(sizes.MostRows, sizes.Groups, memory);
        hiddenPanels = memory.At(RowTotals.Length(sizes.MostRows, sizes.Groups));
        scores = hiddenPanels.At(sizes.HiddenLength);
        parts = scores.At((nint)sizes.Chunks * sizes.ChunkLength);
        weightSum = parts.At((nint)sizes.Groups * sizes.HiddenLength);
    }

    /// <summary>Gets the mean loss, when everything has run.</summary>
    public float Mean { get; private set; }

    /// <summary>Calculates everything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>()
        where V : struct, ISimd<V>
    {
        if (GemmBlocking.HasManyRegisters<V>())
        {
            Run<V, WideTile>();
        }
        else
        {
            Run<V, NarrowTile>();
        }
    }

    private void Run<V, TTile>()
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        int kept = 0;
        for (int row = 0; row < sizes.Rows; row++)
        {
            kept += target[row] == sizes.Ignored ? 0 : 1;
        }

        if (sizes.Smoothing != 0f && !gradients.Hidden.IsEmpty)
        {
            SumWeight<V>();
        }

        double total = 0; // a mean of many thousands is printed with six digits
        for (firstRow = 0; firstRow < sizes.Rows; firstRow += rows)
        {
            rows = int.Min(sizes.Rows - firstRow, LinearLossSizes.RowsPerBlock);
            Begin<V, TTile>(1f / kept);
            WorkerPool.Shared.Run(sizes.Groups, threads, Unsafe.AsPointer(ref this), &Exponentials<V, TTile>);
            totals.Join<V>(sizes, rows);
            for (int row = 0; row < rows; row++)
            {
                total += totals.Losses[row];
            }

            if (hasGradients)
            {
                int pieces = gradients.Hidden.IsEmpty ? 0 : GemmBlocking.CeilingDivide(rows, LinearLossSizes.RowsPerPiece);
                WorkerPool.Shared.Run(pieces, threads, Unsafe.AsPointer(ref this), &FinishHidden<V>);
                WorkerPool.Shared.Run(sizes.Groups, threads, Unsafe.AsPointer(ref this), &Gradients<V, TTile>);
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

    private readonly void Begin<V, TTile>(float scale)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        for (int row = 0; row < rows; row++)
        {
            totals.Shares[row] = target[firstRow + row] == sizes.Ignored ? 0f : scale;
            totals.Picked[row] = totals.PickedShifts[row] = 0f;
        }

        for (int row = 0; row < rows;)
        {
            int columns = VectorsAt<V, TTile>(row) * V.Count;
            Packing.Pack<V>(HiddenRows.At((nint)row * sizes.Size).Start, sizes.Size, 1, int.Min(columns, rows - row), sizes.Size, hiddenPanels.At((nint)row * sizes.Size).Start, columns);
            row += columns;
        }
    }

    /// <summary>The exponentials of a group of chunks, and their totals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exponentials<V, TTile>(void* state, int group)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        ref LinearLoss<TIndices> loss = ref Unsafe.AsRef<LinearLoss<TIndices>>(state);
        loss.Exponentials<V, TTile>(group, shiftIsKnown: false);
        if (!loss.totals.AreModerate(group, loss.rows))
        {
            loss.Greatest<V, TTile>(group);
            loss.Exponentials<V, TTile>(group, shiftIsKnown: true);
        }
    }

    private readonly void Exponentials<V, TTile>(int group, bool shiftIsKnown)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        totals.Totals(group).Span(sizes.MostRows).Clear();
        totals.Scores(group).Span(sizes.MostRows).Clear();
        bool needsHidden = !gradients.Hidden.IsEmpty;
        float* weightPanels = Scratch.Panels(needsHidden ? RightPanels<V, TTile>.Length(sizes.Size, LinearLossSizes.ClassesPerChunk) : 0);
        ScoreProducts<V, TTile> products = new(sizes.Size);
        Ahead ahead = default;
        for (int chunk = sizes.FirstChunk(group); chunk < sizes.FirstChunk(group + 1); chunk++)
        {
            PrepareNext<V, TTile>(chunk, ref ahead);
            bool isFirst = chunk == sizes.FirstChunk(group);
            if (needsHidden)
            {
                PackWeight<V, TTile>(chunk, weightPanels);
            }

            for (int row = 0; row < rows; row += LinearLossSizes.RowsPerPiece)
            {
                Exponentials<V, TTile>(group, chunk, row, isFirst && !shiftIsKnown, products, ref ahead);
                if (needsHidden)
                {
                    AddToPart<V, TTile>(chunk, row, new(sizes.Size, ClassesOf(chunk), weightPanels, products.Tile, PartOf(group), add: !isFirst), ref ahead);
                }
            }
        }
    }

    /// <summary>A piece of rows of a chunk.</summary>
    private readonly void Exponentials<V, TTile>(int group, int chunk, int piece, bool findsShift, in ScoreProducts<V, TTile> products, ref Ahead ahead)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        int first = sizes.FirstClass(chunk), end = sizes.FirstClass(chunk + 1), endRow = int.Min(piece + LinearLossSizes.RowsPerPiece, rows);
        for (int row = piece; row < endRow;)
        {
            int vectors = VectorsAt<V, TTile>(row), columns = vectors * V.Count;
            float* panel = hiddenPanels.At((nint)row * sizes.Size).Start;
            Buffer<float> shifts = totals.Shifts(group).At(row);
            for (int line = first; line < end; line += TTile.Rows)
            {
                int lines = int.Min(TTile.Rows, end - line);
                products.Multiply(layer.Weight.At((nint)line * sizes.Size), lines, panel, vectors, ref ahead);
                ScoreTile<V> tile = new(products.Tile, vectors, lines, layer.Bias.At(line));
                if (findsShift && line == first)
                {
                    tile.Greatest(shifts, isFirst: true);
                }

                if (sizes.Smoothing != 0f)
                {
                    tile.AddScores(totals.Scores(group).At(row));
                }

                Buffer<float> to = hasGradients ? ExponentialsOf(chunk, row, line - first) : new(products.Tile);
                tile.Exponentials(shifts, totals.Totals(group).At(row), to, hasGradients ? LinearLossSizes.RowsPerPiece : columns);
            }

            Pick<V, TTile>(group, row, columns, first, end, products);
            row += columns;
        }
    }

    /// <summary>The next chunk's memory arrives while this one's products are made; also where it begins another group, which is mostly the same thread's next task.</summary>
    private readonly void PrepareNext<V, TTile>(int chunk, ref Ahead ahead)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        int classes = ClassesOf(chunk);
        long scores = (long)GemmBlocking.CeilingDivide(classes, TTile.Rows) * GemmBlocking.CeilingDivide(rows, RightPanels<V, TTile>.Columns);
        long parts = gradients.Hidden.IsEmpty ? 0 : (long)GemmBlocking.CeilingDivide(rows, TTile.Rows) * RightPanels<V, TTile>.Count(sizes.Size);
        ahead.Begin((scores * sizes.Size) + (parts * classes));
        if (chunk + 1 < sizes.Chunks)
        {
            ahead.Add(WeightOf(layer, chunk + 1), (nint)ClassesOf(chunk + 1) * sizes.Size);
            ahead.Add(hasGradients ? ScoresOf(chunk + 1) : default, sizes.ChunkLength);
        }
    }

    /// <summary>The greatest score of each row within a group becomes its shift.</summary>
    private readonly void Greatest<V, TTile>(int group)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        ScoreProducts<V, TTile> products = new(sizes.Size);
        Ahead none = default;
        int first = sizes.FirstClass(sizes.FirstChunk(group)), end = sizes.FirstClass(sizes.FirstChunk(group + 1));
        for (int row = 0; row < rows;)
        {
            int vectors = VectorsAt<V, TTile>(row);
            for (int line = first; line < end; line += TTile.Rows)
            {
                int lines = int.Min(TTile.Rows, end - line);
                products.Multiply(layer.Weight.At((nint)line * sizes.Size), lines, hiddenPanels.At((nint)row * sizes.Size).Start, vectors, ref none);
                new ScoreTile<V>(products.Tile, vectors, lines, layer.Bias.At(line)).Greatest(totals.Shifts(group).At(row), isFirst: line == first);
            }

            row += vectors * V.Count;
        }
    }

    /// <summary>The scores at the targets that are among some classes: bit for bit what the tiles hold.</summary>
    private readonly void Pick<V, TTile>(int group, int row, int columns, int firstClass, int endClass, in ScoreProducts<V, TTile> products)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        float* panel = hiddenPanels.At((nint)row * sizes.Size).Start;
        for (int column = 0; column < columns && row + column < rows; column++)
        {
            nint place = target[firstRow + row + column];
            if (place >= firstClass && place < endClass)
            {
                float product = products.One(layer.Weight.At(place * sizes.Size), panel, columns, column);
                totals.Picked[row + column] = product + layer.Bias[place];
                totals.PickedShifts[row + column] = totals.Shifts(group)[row + column];
            }
        }
    }

    private readonly Buffer<float> HiddenRows => layer.Hidden.At((nint)firstRow * sizes.Size);

    /// <summary>How many vectors of rows the tile that begins with a row has.</summary>
    private readonly int VectorsAt<V, TTile>(int row)
        where V : struct, ISimd<V>
        where TTile : struct, ITile => int.Min(TTile.Vectors, GemmBlocking.CeilingDivide(rows - row, V.Count));

    private readonly Buffer<float> ExponentialsOf(int chunk, int row, int line) => ScoresOf(chunk).At(
        ((nint)(row / LinearLossSizes.RowsPerPiece) * sizes.PieceLength) + ((nint)line * LinearLossSizes.RowsPerPiece) + (row % LinearLossSizes.RowsPerPiece));

    private readonly int ClassesOf(int chunk) => sizes.FirstClass(chunk + 1) - sizes.FirstClass(chunk);

    /// <summary>A chunk's rows of the weight, or of its gradient.</summary>
    private readonly Buffer<float> WeightOf(in LinearLayer of, int chunk) => of.Weight.At((nint)sizes.FirstClass(chunk) * sizes.Size);

    private readonly Buffer<float> PartOf(int group) => parts.At((nint)group * sizes.HiddenLength);

    private readonly Buffer<float> ScoresOf(int chunk) => scores.At((nint)chunk * sizes.ChunkLength);
}
