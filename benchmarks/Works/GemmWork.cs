using ModelGen.Benchmarks.Sides;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen.Benchmarks.Works;

/// <summary>A matrix product.</summary>
internal sealed class GemmWork : IWork
{
    private readonly int m;
    private readonly int n;
    private readonly int k;
    private readonly bool transposeA;
    private readonly bool transposeB;
    private readonly int threads;
    private readonly AlignedBuffer a;
    private readonly AlignedBuffer b;
    private readonly AlignedBuffer c;

    /// <summary>Makes the factors.</summary>
    /// <param name="transpositions">A letter for each factor: <c>n</c>, or <c>t</c> where it is stored transposed.</param>
    /// <param name="m">Rows of the product.</param>
    /// <param name="n">Columns of the product.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="threads">The number of threads.</param>
    public GemmWork(string transpositions, int m, int n, int k, int threads)
    {
        (this.m, this.n, this.k, this.threads) = (m, n, k, threads);
        (transposeA, transposeB) = (transpositions[0] == 't', transpositions[1] == 't');
        (a, b, c) = (new AlignedBuffer((long)m * k), new AlignedBuffer((long)n * k), new AlignedBuffer((long)m * n));
        Inputs.Fill(a.Span(0, m * k), seed: 1);
        Inputs.Fill(b.Span(0, n * k), seed: 2);
    }

    public float[] Result()
    {
        Run();
        return Inputs.Sample(c.Span(0, m * n));
    }

    public void Run() => Gemm.Run(m, n, k, a.Floats, transposeA, b.Floats, transposeB, new StoreEpilogue(c.Floats, n), threads);

    public void Dispose()
    {
    }
}
