using System;
using System.IO;
using System.Linq;
using ILGPU.Runtime.OpenCL;
using ModelGen.TestDevices;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training.Devices;

/// <summary>Checkpoints of what lies in a device's memory. That a training ends alike is among the tests of generated models, for every device.</summary>
public sealed class DeviceCheckpointTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.checkpoint");

    [OpenClFact]
    public void A_training_goes_on_elsewhere()
    {
        Dataset data = SoftmaxRegression.Clusters(100);
        using var whole = new SoftmaxRegression();
        using var cpu = new SoftmaxRegression();
        using var gpu = new SoftmaxRegression(device: OpenClDevice.Device);
        using var back = new SoftmaxRegression();
        History expected = whole.Fit(data, Options(6));
        cpu.Fit(data, Options(2));
        gpu.Fit(data, Options(4, resume: true));
        History history = back.Fit(data, Options(6, resume: true));
        Assert.All(expected.Steps.Zip(history.Steps), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-5f));
        Assert.All(Values(whole).Zip(Values(back)), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
        Assert.Equal(whole.TrainingCalls, back.TrainingCalls);
    }

    [OpenClTheory]
    [InlineData(0f)]
    [InlineData(0.9f)]
    public void A_training_that_lost_its_device_goes_back_to_the_last_checkpoint(float momentum)
    {
        Dataset data = SoftmaxRegression.Clusters(100);
        Device device = OwnDevice.Open();
        using var whole = new SoftmaxRegression(device: OwnDevice.Shared);
        using var broken = new SoftmaxRegression(device: device);
        using var next = new SoftmaxRegression(device: OwnDevice.Shared);
        History history = new();
        History expected = whole.Fit(data, Steps(new History(), state => state.BaseRate));
        Assert.Throws<DeviceLostException>(() => broken.Fit(data, Steps(history, Breaking)));
        Assert.InRange(history.Steps.Count, 9, 12);
        next.Fit(data, Steps(history, state => state.BaseRate, resume: true));
        Assert.Equal(expected.Steps, history.Steps);
        Assert.Equal(Values(whole), Values(next));

        float Breaking(ScheduleState state)
        {
            if (state.Step == 11)
            {
                device.Accelerator!.Fault = command => throw new CLException(CLError.CL_INVALID_COMMAND_QUEUE);
            }

            return state.BaseRate;
        }

        FitOptions Steps(History own, Func<ScheduleState, float> schedule, bool resume = false) => new()
        {
            Epochs = 4,
            Optimizer = new Sgd(0.1f, momentum),
            Schedule = new CustomSchedule(schedule),
            History = own,
            Checkpoints = new Checkpoints(path) { EverySteps = 3, Resume = resume },
            Progress = null,
        };
    }

    public void Dispose() => File.Delete(path);

    private FitOptions Options(int epochs, bool resume = false) => new()
    {
        Epochs = epochs,
        Optimizer = new AdamW(0.05f) { ClipNorm = 1f },
        Averaging = new ExponentialMovingAverage(0.9f),
        Checkpoints = new Checkpoints(path) { Resume = resume },
        Progress = null,
    };

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
