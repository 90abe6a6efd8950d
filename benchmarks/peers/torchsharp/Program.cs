// The peer's time for one training step of the MLP 784-128-10: forward, cross-entropy, backward, Adam; batch 64, random data.
// libtorch needs a newer C++ library than Debian 12 has:
//   eng/debian13 dotnet run -c Release --project benchmarks/peers/torchsharp

using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

const int Batch = 64, WarmUpSteps = 200, Rounds = 5, StepsPerRound = 200;

foreach (int threads in (int[])[1, 2])
{
    set_num_threads(threads);
    double milliseconds = MeasureMlpStep();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"torchsharp mlp-step threads={threads}: {milliseconds:F3} ms"));
}

// The median over the rounds of the mean time of a step.
static double MeasureMlpStep()
{
    random.manual_seed(1);
    using var model = Sequential(Linear(784, 128), ReLU(), Linear(128, 10));
    using var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
    using Tensor x = rand(Batch, 784);
    using Tensor target = randint(10, Batch, dtype: ScalarType.Int64);
    using var loss = CrossEntropyLoss();

    Train(WarmUpSteps);
    double[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => TimeRound()).Order()];
    return rounds[Rounds / 2];

    double TimeRound()
    {
        long start = Stopwatch.GetTimestamp();
        Train(StepsPerRound);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / StepsPerRound;
    }

    void Train(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            loss.forward(model.forward(x), target).backward();
            optimizer.step();
        }
    }
}
