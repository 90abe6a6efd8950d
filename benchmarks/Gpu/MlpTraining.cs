using System;
using System.Linq;
using ModelGen.Benchmarks.Works;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>Training steps of the MLP 784-128-10 with Adam on a device, as <see cref="Model.Fit"/> gives them: losses are read when many are there.</summary>
internal sealed class MlpTraining : IDisposable
{
    private readonly Mlp model;
    private readonly TrainingState state;
    private readonly Batch batch;
    private readonly Adam optimizer = new(1e-3f);

    public MlpTraining(Device device, int batchSize)
    {
        Random random = new(1);
        float[] x = [.. Enumerable.Range(0, batchSize * 784).Select(_ => random.NextSingle())];
        int[] target = [.. Enumerable.Range(0, batchSize).Select(_ => random.Next(10))];
        Dataset data = Mlp.Data(x, target);
        batch = data.NewBatch(batchSize);
        data.Fill(batch, [.. Enumerable.Range(0, batchSize)]);
        model = new Mlp(device, seed: 1);
        state = new TrainingState(model);
    }

    /// <summary>One step.</summary>
    public void Step()
    {
        if (state.Unsettled == state.Capacity)
        {
            Settle();
        }

        state.Differentiate(Mlp.Entries.Loss, batch);
        state.Update(Mlp.Entries.Loss, optimizer, optimizer.LearningRate);
    }

    /// <summary>Waits for all steps.</summary>
    public void Settle() => state.LastLoss();

    public void Dispose()
    {
        state.Dispose();
        model.Dispose();
    }
}
