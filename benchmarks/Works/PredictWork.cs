using ModelGen.Benchmarks.Sides;

namespace ModelGen.Benchmarks.Works;

/// <summary>Scores of the small classifier.</summary>
internal sealed class PredictWork : IWork
{
    private readonly Mlp model;
    private readonly float[] x;
    private readonly float[] scores;
    private readonly int batch;

    public PredictWork(int batch, int threads)
    {
        (model, this.batch) = (new Mlp(Device.CpuWith(threads)), batch);
        StepWork.Fill(model);
        (x, scores) = (Inputs.Uniform(batch * 784, seed: 1), new float[batch * 10]);
    }

    public float[] Result()
    {
        // Weights are packed by the second call: what is compared is what is timed.
        Run();
        Run();
        Run();
        return Inputs.Sample(scores);
    }

    public void Run() => model.Predict(x, batch, scores);

    public void Dispose() => model.Dispose();
}
