using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The passes over a tile of products, [classes, rows], that make exponentials of it. A lane is a row, so all sums run down the tile.</summary>
/// <param name="tile">The products, in the first-level cache.</param>
/// <param name="vectors">How many vectors a line has.</param>
/// <param name="classes">The number of lines.</param>
/// <param name="bias">The lines' biases: a score is product + bias.</param>
internal readonly unsafe struct ScoreTile<V>(float* tile, int vectors, int classes, Buffer<float> bias)
    where V : struct, ISimd<V>
{
    // Instead of −∞, which no score can be compared with: every finite score is more than this, and −∞ less it is −∞.
    private const float Least = float.MinValue;

    private readonly float* tile = tile;

    /// <summary>The greatest score of each row, and the least number where all are −∞; NaN where any is.</summary>
    /// <param name="greatest">[rows]: the greatest of scores before, unless <paramref name="isFirst"/>.</param>
    /// <param name="isFirst">Whether there are none before.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Greatest(Buffer<float> greatest, bool isFirst)
    {
        for (int vector = 0; vector < vectors; vector++)
        {
            V most = isFirst ? V.Broadcast(Least) : V.Load(greatest, vector * V.Count);
            for (int line = 0; line < classes; line++)
            {
                most = V.Greatest(most, Score(line, vector));
            }

            V.Store(greatest, vector * V.Count, most);
        }
    }

    /// <summary>Adds the scores of each row.</summary>
    /// <param name="sums">[rows].</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void AddScores(Buffer<float> sums)
    {
        for (int vector = 0; vector < vectors; vector++)
        {
            V sum = V.Zero;
            for (int line = 0; line < classes; line++)
            {
                sum += Score(line, vector);
            }

            V.Store(sums, vector * V.Count, V.Load(sums, vector * V.Count) + sum);
        }
    }

    /// <summary>The exponentials <c>exp(score − shift)</c>, and adds them up for each row.</summary>
    /// <param name="shifts">[rows].</param>
    /// <param name="totals">[rows]: their sums.</param>
    /// <param name="exponentials">Receives them, [classes, rows].</param>
    /// <param name="stride">The distance between their lines.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Exponentials(Buffer<float> shifts, Buffer<float> totals, Buffer<float> exponentials, nint stride)
    {
        for (int vector = 0; vector < vectors; vector++)
        {
            V shift = V.Load(shifts, vector * V.Count), total = V.Zero; // of the tile first: fewer roundings for the sum of many
            Buffer<float> to = exponentials.At(vector * V.Count);
            for (int line = 0; line < classes; line++)
            {
                V exponential = SimdMath.Exp(Score(line, vector) - shift);
                total += exponential;
                V.Store(to, line * stride, exponential);
            }

            V.Store(totals, vector * V.Count, V.Load(totals, vector * V.Count) + total);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Score(int line, int vector) => V.Load(new(tile), ((line * vectors) + vector) * V.Count) + V.Broadcast(bias[line]);
}
