using System;
using ModelGen.Benchmarks.Sides;

namespace ModelGen.Benchmarks.Works;

/// <summary>Scores that a model gives.</summary>
/// <param name="model">The model.</param>
/// <param name="scores">Where they go.</param>
/// <param name="predict">Calculates them.</param>
internal sealed class PredictWork(Model model, float[] scores, Action predict) : IWork
{
    /// <summary>Scores of the small classifier.</summary>
    public static PredictWork OfMlp(Device device, int batch)
    {
        Mlp model = new(device);
        StepWork.Fill(model);
        (float[] x, float[] scores) = (Inputs.Uniform(batch * 784, seed: 1), new float[batch * 10]);
        return new PredictWork(model, scores, () => model.Predict(x, batch, scores));
    }

    /// <summary>Scores of the text generator, for every word of some sequences.</summary>
    public static PredictWork OfText(Device device, int batch)
    {
        Lstm model = new(device);
        StepWork.Fill(model);
        (int[] words, float[] scores) = (Lstm.Text(batch, seed: 1), new float[batch * Lstm.Time * Lstm.Words]);
        return new PredictWork(model, scores, () => model.Predict(words, batch, Lstm.Time, scores));
    }

    public float[] Result()
    {
        // Weights are packed by the second call: what is compared is what is timed.
        Run();
        Run();
        Run();
        return Inputs.Sample(scores);
    }

    public void Run() => predict();

    public void Dispose() => model.Dispose();
}
