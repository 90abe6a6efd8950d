using ModelGen.Benchmarks.Sides;

namespace ModelGen.Benchmarks.Works;

/// <summary>Updates of ten million parameters by the same gradient; the result is the parameters after three.</summary>
internal sealed class AdamWork : IWork
{
    private readonly TenMillion model;
    private readonly Adam optimizer = new(1e-3f);

    public AdamWork(int threads)
    {
        model = new TenMillion(Device.CpuWith(threads));
        Inputs.Fill(Weight.Values, seed: 1);
        Inputs.Fill(Weight.Gradient, seed: 2);
    }

    private Parameter Weight => model.Parameters[0];

    public float[] Result()
    {
        for (int step = 0; step < 3; step++)
        {
            Run();
        }

        return Inputs.Sample(Weight.Values);
    }

    public void Run() => model.Update(TenMillion.Entries.Loss, optimizer);

    public void Dispose() => model.Dispose();
}
