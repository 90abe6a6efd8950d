using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>What is known of a block's rows: for every group of classes, then for all of them.</summary>
/// <remarks>
/// Rows lie side by side, so that a vector holds the same number of many rows. A group has a shift of its own, near its greatest score; exponentials are of scores less that.
/// <para>
/// What a probability of 1 is among a group's exponentials is at most <c>groups · GreatestTotal · exp(−FarthestBelow)</c>, 10²⁹: neither it nor a gradient's factor, a share of its inverse,
/// leaves the range of normal numbers.
/// </para>
/// </remarks>
/// <param name="rows">The rows of the largest block, in whole pieces.</param>
/// <param name="groups">The number of groups.</param>
/// <param name="memory">[6 · groups + 4, rows]: see <see cref="Length"/>.</param>
internal readonly struct RowTotals(int rows, int groups, Buffer<float> memory)
{
    /// <summary>The exponentials of a group whose shift is farther below the greatest are scaled, for what belongs to the target to be a number among them.</summary>
    private const float FarthestBelow = -32f;

    /// <summary>A group whose exponentials have a greater total gets another shift.</summary>
    private const float GreatestTotal = 1e14f;

    // A smaller probability says too little about its logarithm. Those that are calculated by way of denormal numbers are.
    private const float LeastProbability = 1e-20f;

    /// <summary>Gets the score at the target; 0 where the target is no class.</summary>
    public Buffer<float> Picked => Line(6 * groups);

    /// <summary>Gets the shift of the group that the target is in.</summary>
    public Buffer<float> PickedShifts => Line((6 * groups) + 1);

    /// <summary>Gets 1 / (rows that count) for a row that counts, 0 for another.</summary>
    public Buffer<float> Shares => Line((6 * groups) + 2);

    /// <summary>Gets the losses, behind <see cref="Join{V}(in LinearLossSizes, int)"/>.</summary>
    public Buffer<float> Losses => Line((6 * groups) + 3);

    /// <summary>The floats that it needs.</summary>
    public static int Length(int rows, int groups) => rows * ((6 * groups) + 4);

    /// <summary>What is taken from a group's scores before they are exponents.</summary>
    public Buffer<float> Shifts(int group) => Line(group);

    /// <summary>The sums of a group's exponentials.</summary>
    public Buffer<float> Totals(int group) => Line(groups + group);

    /// <summary>The sums of a group's scores, where the targets are smoothed.</summary>
    public Buffer<float> Scores(int group) => Line((2 * groups) + group);

    /// <summary>Behind <see cref="Join{V}(in LinearLossSizes, int)"/>: what a group's exponentials are multiplied by before anything else; 1 nearly everywhere.</summary>
    public Buffer<float> Scales(int group) => Line((3 * groups) + group);

    /// <summary>Behind <see cref="Join{V}(in LinearLossSizes, int)"/>: the exponential of a group that a probability of 1 would have.</summary>
    public Buffer<float> Certain(int group) => Line((4 * groups) + group);

    /// <summary>Behind <see cref="Join{V}(in LinearLossSizes, int)"/>: the factors that make gradients of a group's exponentials.</summary>
    public Buffer<float> Factors(int group) => Line((5 * groups) + group);

    /// <summary>Whether the totals of a group are small enough for all that is calculated from them; NaN is not.</summary>
    public bool AreModerate(int group, int count)
    {
        Buffer<float> totals = Totals(group);
        bool moderate = true;
        for (int row = 0; row < count; row++)
        {
            moderate &= totals[row] <= GreatestTotal;
        }

        return moderate;
    }

    /// <summary>Whether any of a group's exponentials has to be scaled.</summary>
    public bool AreScaled(int group, int count)
    {
        Buffer<float> scales = Scales(group);
        bool scaled = false;
        for (int row = 0; row < count; row++)
        {
            scaled |= scales[row] != 1f;
        }

        return scaled;
    }

    /// <summary>Joins the groups of some rows: <c>Σ exp(score − greatest shift)</c>, each row's loss, and the groups' factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Join<V>(in LinearLossSizes sizes, int count)
        where V : struct, ISimd<V>
    {
        for (int row = 0; row < count; row += V.Count)
        {
            Join<V>(sizes, (nint)row);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Join<V>(in LinearLossSizes sizes, nint row)
        where V : struct, ISimd<V>
    {
        V greatest = V.Broadcast(float.MinValue), total = V.Zero, scores = V.Zero;
        for (int group = 0; group < groups; group++)
        {
            greatest = V.Greatest(greatest, V.Load(Shifts(group), row));
        }

        for (int group = 0; group < groups; group++)
        {
            total = V.MultiplyAdd(V.Load(Totals(group), row), SimdCalls.Exp(V.Load(Shifts(group), row) - greatest), total);
            scores += sizes.Smoothing == 0f ? V.Zero : V.Load(Scores(group), row);
        }

        V share = V.Load(Shares, row);
        for (int group = 0; group < groups; group++)
        {
            V below = V.Load(Shifts(group), row) - greatest;
            V kept = V.Clamp(below, FarthestBelow, 0f);
            V certain = total * SimdCalls.Exp(-kept);
            V.Store(Scales(group), row, SimdCalls.Exp(below - kept));
            V.Store(Certain(group), row, certain);
            V.Store(Factors(group), row, share / certain);
        }

        V loss = Loss(V.Load(Picked, row), V.Load(PickedShifts, row), greatest, total);
        if (sizes.Smoothing != 0f)
        {
            V even = greatest + SimdCalls.Log(total) - (scores * (1f / sizes.Classes));
            loss = (loss * (1f - sizes.Smoothing)) + (even * sizes.Smoothing);
        }

        V.Store(Losses, row, V.Select(V.Greater(share, V.Zero), loss, V.Zero));
    }

    /// <summary><c>−ln p</c>, of the probability itself unless that is tiny: near 1 it is as exact as that. A rounding does not make it negative.</summary>
    private static V Loss<V>(V score, V shift, V greatest, V total)
        where V : struct, ISimd<V>
    {
        V probability = SimdCalls.Exp(score - shift) * SimdCalls.Exp(shift - greatest) / total;
        V loss = V.Select(
            V.Greater(probability, V.Broadcast(LeastProbability)), -SimdCalls.Log(probability), greatest - score + SimdCalls.Log(total));
        return V.Max(loss, V.Zero);
    }

    private Buffer<float> Line(int line) => memory.At((nint)line * rows);
}
