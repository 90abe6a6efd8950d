using System.Runtime.CompilerServices;
using ModelGen.Entries;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <content>The gradients of a block of rows.</content>
internal unsafe partial struct LinearLoss<TIndices>
{
    /// <summary>
    /// What a group of chunks brings to the gradients: <c>d scoreⱼ = share · (softmaxⱼ − smoothing / classes)</c>, at the target less <c>share · (1 − smoothing)</c>, each as
    /// an exponential whose factor is the row's. An ignored row's share is 0; but where its scores are NaN, so are its gradients, as NaN · 0 is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gradients<V, TTile>(void* state, int group)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        ref LinearLoss<TIndices> loss = ref Unsafe.AsRef<LinearLoss<TIndices>>(state);
        int size = loss.sizes.Size;
        float* memory = Scratch.Product(RightPanels<V, TTile>.Length(size, loss.rows) + RightPanels<V, TTile>.Length(size, LinearLossSizes.ClassesPerChunk));
        float* weightPanels = memory + RightPanels<V, TTile>.Length(size, loss.rows);
        if (!loss.gradients.Weight.IsEmpty)
        {
            loss.PackScaledHidden<V, TTile>(loss.totals.Factors(group), memory);
        }

        bool isScaled = loss.totals.AreScaled(group, loss.rows);
        int first = loss.sizes.FirstChunk(group);
        for (int chunk = first; chunk < loss.sizes.FirstChunk(group + 1); chunk++)
        {
            if (isScaled || loss.sizes.Smoothing != 0f)
            {
                loss.Adjust<V>(chunk, group);
            }

            loss.TakeFromTargets(chunk, group);
            loss.OfBias<V>(chunk, group);
            loss.OfHidden<V, TTile>(chunk, weightPanels, loss.parts.At((nint)group * loss.sizes.HiddenLength), isFirst: chunk == first);
            loss.OfWeight<V, TTile>(chunk, memory);
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
        Buffer<float> exponentials = ScoresOf(chunk), scales = totals.Scales(group), certain = totals.Certain(group);
        float even = -sizes.Smoothing / sizes.Classes;
        for (int line = 0; line < ClassesOf(chunk); line++)
        {
            Buffer<float> of = exponentials.At((nint)line * sizes.Stride);
            for (nint row = 0; row < rows; row += V.Count)
            {
                V.Store(of, row, V.MultiplyAdd(V.Load(of, row), V.Load(scales, row), V.Load(certain, row) * even));
            }
        }
    }

    private readonly void TakeFromTargets(int chunk, int group)
    {
        Buffer<float> exponentials = ScoresOf(chunk), certain = totals.Certain(group);
        int first = sizes.FirstClass(chunk), classes = ClassesOf(chunk);
        for (int row = 0; row < rows; row++)
        {
            nint place = target[firstRow + row] - first;
            if (place >= 0 && place < classes)
            {
                exponentials[(place * sizes.Stride) + row] -= (1f - sizes.Smoothing) * certain[row];
            }
        }
    }

    /// <summary>The gradient of the bias. On the way, the caches are asked for the part of the weight's gradient that is needed next.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void OfBias<V>(int chunk, int group)
        where V : struct, ISimd<V>
    {
        Buffer<float> exponentials = ScoresOf(chunk), factors = totals.Factors(group), gradient = gradients.Bias.IsEmpty ? default : gradients.Bias.At(sizes.FirstClass(chunk));
        Buffer<float> ofWeight = gradients.Weight.IsEmpty ? default : gradients.Weight.At((nint)sizes.FirstClass(chunk) * sizes.Size);
        int whole = rows / V.Count * V.Count;
        FirstLanes rest = new(rows - whole);
        for (int line = 0; line < ClassesOf(chunk); line++)
        {
            Buffer<float> of = exponentials.At((nint)line * sizes.Stride);
            V sum = V.Zero;
            for (nint row = 0; row < whole; row += V.Count)
            {
                sum = V.MultiplyAdd(V.Load(of, row), V.Load(factors, row), sum);
            }

            if (whole < rows)
            {
                sum = V.MultiplyAdd(V.Load(of, whole, rest), V.Load(factors, whole, rest), sum);
            }

            if (!gradient.IsEmpty)
            {
                gradient[line] = firstRow == 0 ? V.Sum(sum) : gradient[line] + V.Sum(sum);
            }

            for (nint index = 0; !ofWeight.IsEmpty && index < sizes.Size; index += Touch.Count)
            {
                Touch.Load(ofWeight, ((nint)line * sizes.Size) + index);
            }
        }
    }

    private readonly void OfHidden<V, TTile>(int chunk, float* panels, Buffer<float> part, bool isFirst)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        if (gradients.Hidden.IsEmpty)
        {
            return;
        }

        float* weight = layer.Weight.At((nint)sizes.FirstClass(chunk) * sizes.Size).Start;
        GemmOperands product = new(rows, sizes.Size, ClassesOf(chunk), ScoresOf(chunk).Start, true, weight, false) { ADepth = sizes.Stride, PackedB = panels };
        RightPanels<V, TTile>.Pack(product, 0, sizes.Size, sizes.Size, panels);
        Multiply<V, TTile>(product, part, isFirst);
    }

    private readonly void OfWeight<V, TTile>(int chunk, float* panels)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        if (!gradients.Weight.IsEmpty)
        {
            GemmOperands product = new(ClassesOf(chunk), sizes.Size, rows, ScoresOf(chunk).Start, false, HiddenRows.Start, false) { ARow = sizes.Stride, PackedB = panels, IsFar = true };
            Multiply<V, TTile>(product, gradients.Weight.At((nint)sizes.FirstClass(chunk) * sizes.Size), firstRow == 0);
        }
    }

    private readonly void Multiply<V, TTile>(in GemmOperands product, Buffer<float> sum, bool isFirst)
        where V : struct, ISimd<V>
        where TTile : struct, ITile
    {
        if (isFirst)
        {
            StoreEpilogue store = new(sum, sizes.Size);
            new PackedProduct<V, TTile, StoreEpilogue>(product, ref store).Run(threads: 1);
        }
        else
        {
            AddEpilogue add = new(sum, sizes.Size);
            new PackedProduct<V, TTile, AddEpilogue>(product, ref add).Run(threads: 1);
        }
    }

    /// <summary><c>dHidden = Σ factor · part</c> over the groups, in their order.</summary>
    private readonly void JoinHidden<V>()
        where V : struct, ISimd<V>
    {
        if (!gradients.Hidden.IsEmpty)
        {
            for (int row = 0; row < rows; row++)
            {
                JoinHidden<V>(row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void JoinHidden<V>(int row)
        where V : struct, ISimd<V>
    {
        Buffer<float> gradient = gradients.Hidden.At((nint)(firstRow + row) * sizes.Size);
        for (nint index = 0; index < sizes.Size; index += V.Count)
        {
            FirstLanes lanes = new(int.Min(V.Count, sizes.Size - (int)index));
            V sum = V.Zero;
            for (int group = 0; group < sizes.Groups; group++)
            {
                V part = V.Load(parts.At((nint)group * sizes.HiddenLength), ((nint)row * sizes.Size) + index, lanes);
                sum = V.MultiplyAdd(part, V.Broadcast(totals.Factors(group)[row]), sum);
            }

            V.Store(gradient, index, sum, lanes);
        }
    }

    private readonly int ClassesOf(int chunk) => sizes.FirstClass(chunk + 1) - sizes.FirstClass(chunk);
}
