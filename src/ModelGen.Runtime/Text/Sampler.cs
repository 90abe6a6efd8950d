using System;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>Draws an index from scores, such as the next word from what a model says of each word.</summary>
/// <remarks>
/// <para>The scores are divided by the temperature; of them the <c>k</c> largest are kept; of those, by the softmax of what was kept, the smallest number of most
/// likely ones whose shares reach <c>p</c>; one of these is drawn in proportion to its share. This order and these meanings are those of Hugging Face's
/// transformers. Sources: A. Fan, M. Lewis, Y. Dauphin, "Hierarchical Neural Story Generation", 2018 (top-k); A. Holtzman et al., "The Curious Case of Neural
/// Text Degeneration", 2020 (top-p).</para>
/// <para>Draw number <c>n</c> is a function of the seed, <c>n</c> and the scores, and of nothing else: it uses 53 bits of Philox4x32-10 with the seed as
/// key and <c>n</c> as counter. A sampler allocates when it meets more scores than before, and else nothing. It serves one thread at a time.</para>
/// </remarks>
public sealed class Sampler
{
    // The counter's last word, which is 0 in the streams of models: a model and a sampler with the same seed share no number.
    private const uint Purpose = 0x53616D70;
    private const double UniformStep = 1.0 / (1L << 53);

    private int[] order = [];
    private double[] weights = [];

    /// <summary>Initializes a new instance of the <see cref="Sampler"/> class.</summary>
    /// <param name="temperature">What scores are divided by: less than 1 prefers the likely, more evens out, 0 always takes the largest score, the first of
    /// equals.</param>
    /// <param name="topK">How many of the largest scores are kept, with all that equal the last of them; 0 keeps all.</param>
    /// <param name="topP">The share, from 0 to 1, that the most likely are kept to reach, at least one of them, the first of equals first; 1 keeps
    /// all.</param>
    /// <param name="seed">The key of the random choices.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Sampler(double temperature = 1, int topK = 0, double topP = 1, ulong seed = 0)
    {
        RequireWithin(temperature, double.MaxValue, nameof(temperature));
        ArgumentOutOfRangeException.ThrowIfNegative(topK);
        RequireWithin(topP, 1, nameof(topP));
        (Temperature, TopK, TopP, Seed) = (temperature, topK, topP, seed);
    }

    /// <summary>Gets what scores are divided by; 0 takes the largest.</summary>
    public double Temperature { get; }

    /// <summary>Gets how many of the largest scores are kept; 0 keeps all.</summary>
    public int TopK { get; }

    /// <summary>Gets the share that the most likely are kept to reach; 1 keeps all.</summary>
    public double TopP { get; }

    /// <summary>Gets the key of the random choices.</summary>
    public ulong Seed { get; }

    /// <summary>Gets or sets the number of draws so far. With the same number another sampler goes on where this one is; with 0 it begins again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long Draws
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Draws an index.</summary>
    /// <param name="logits">The scores: logarithms of probabilities, but for a summand that is the same for all. -∞ is never drawn.</param>
    /// <returns>The index of one score.</returns>
    /// <exception cref="ArgumentException">There is no score, one is NaN or +∞, or all are -∞. Nothing was drawn.</exception>
    public int Draw(ReadOnlySpan<float> logits)
    {
        int largest = LargestOf(logits);
        double uniform = Uniform(Draws);
        Draws++;
        if (Temperature == 0)
        {
            return largest;
        }

        MakeRoom(logits.Length);
        bool narrows = TopP < 1 || (TopK > 0 && TopK < logits.Length);
        int kept = narrows ? Narrow(logits, logits[largest]) : Weigh(logits, logits[largest]);
        int rank = Pick(weights.AsSpan(0, kept), uniform);
        return narrows ? order[rank] : rank;
    }

    /// <summary>The first index of the largest score.</summary>
    private static int LargestOf(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty)
        {
            throw new ArgumentException("There are no scores to draw from.", nameof(logits));
        }

        int largest = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (float.IsNaN(logits[i]) || float.IsPositiveInfinity(logits[i]))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Score {i} of {logits.Length} is {(float.IsNaN(logits[i]) ? "NaN" : "+∞")}: nothing can be drawn from such scores."), nameof(logits));
            }

            largest = logits[i] > logits[largest] ? i : largest;
        }

        return !float.IsNegativeInfinity(logits[largest])
            ? largest
            : throw new ArgumentException(FormattableString.Invariant($"All {logits.Length} scores are -∞: nothing is left to draw."), nameof(logits));
    }

    /// <summary>Weights of the likely ones by rank, whose indices are in <c>order</c>; returns their number.</summary>
    private int Narrow(ReadOnlySpan<float> logits, float largest)
    {
        var ranking = new Ranking(logits, order.AsSpan(0, logits.Length));
        int kept = logits.Length;
        if (TopK > 0 && TopK < logits.Length)
        {
            ranking.TakeWithEquals(TopK);
            kept = ranking.Taken;
            WeighTaken(logits, largest, 0, kept);
        }
        else
        {
            // For the sum; weights by rank follow as far as they are needed.
            Weigh(logits, largest);
        }

        return TopP < 1 ? Reach(TopP * Sum(weights.AsSpan(0, kept)), kept, ref ranking, logits, largest) : kept;
    }

    /// <summary>The least number of ranks whose weights reach a sum, at most so many.</summary>
    private int Reach(double sum, int most, ref Ranking ranking, ReadOnlySpan<float> logits, float largest)
    {
        double reached = 0;
        int rank = 0;
        do
        {
            if (rank == ranking.Taken)
            {
                ranking.Take();
            }

            WeighTaken(logits, largest, rank, rank + 1);
            reached += weights[rank];
            rank++;
        }
        while (reached < sum && rank < most);
        return rank;
    }

    private void WeighTaken(ReadOnlySpan<float> logits, float largest, int from, int to)
    {
        for (int rank = from; rank < to; rank++)
        {
            weights[rank] = Weight(logits[order[rank]], largest);
        }
    }

    private int Weigh(ReadOnlySpan<float> logits, float largest)
    {
        for (int i = 0; i < logits.Length; i++)
        {
            weights[i] = Weight(logits[i], largest);
        }

        return logits.Length;
    }

    /// <summary>At most 1: the difference comes before the division, so that no temperature is too small.</summary>
    private double Weight(float logit, float largest) => Math.Exp(((double)logit - largest) / Temperature);

    /// <summary>The rank into whose weight a share of the sum falls.</summary>
    private static int Pick(ReadOnlySpan<double> weights, double share)
    {
        // Less than the sum, which the loop reaches by the same additions: it ends within the weights.
        double target = share * Sum(weights);
        double sum = 0;
        int rank = -1;
        do
        {
            sum += weights[++rank];
        }
        while (sum <= target);
        return rank;
    }

    private static double Sum(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    private static void RequireWithin(double value, double largest, string name)
    {
        if (!(value >= 0 && value <= largest))
        {
            throw new ArgumentOutOfRangeException(
                name, value, largest == 1 ? "It must be a number from 0 to 1." : "It must be a number from 0 on, and not infinite.");
        }
    }

    /// <summary>A multiple of 2⁻⁵³ in [0, 1).</summary>
    private double Uniform(long draw)
    {
        (uint high, uint low, _, _) = Philox.Philox4x32((uint)draw, (uint)(draw >> 32), 0, Purpose, (uint)Seed, (uint)(Seed >> 32));
        return ((((ulong)high << 32) | low) >> 11) * UniformStep;
    }

    private void MakeRoom(int count)
    {
        if (order.Length < count)
        {
            order = new int[count];
            weights = new double[count];
        }
    }
}
