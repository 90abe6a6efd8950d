using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ILGPU.Runtime.OpenCL;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training.Devices;

/// <summary>Models that share a device, give it back, or lose it.</summary>
public sealed class DeviceLifeTests
{
    [OpenClFact]
    public void A_disposed_model_gives_all_memory_back()
    {
        Device device = OwnDevice.Open();
        var model = new SoftmaxRegression(device: device);
        var options = new FitOptions { BatchSize = 4, AccumulationSteps = 2, Optimizer = new Adam { ClipNorm = 1f }, Progress = null };
        model.Fit(SoftmaxRegression.Clusters(30), options);
        Assert.NotEqual(0, device.Accelerator!.Allocated);
        model.Dispose();
        model.Dispose();
        Assert.Equal(0, device.Accelerator.Allocated);
        Assert.Throws<ObjectDisposedException>(() => model.Predict(new float[2], 1, new float[3]));
        Assert.Throws<ObjectDisposedException>(() => model.Parameters[0].Values.Length);
        Assert.Throws<ObjectDisposedException>(() => model.Fit(SoftmaxRegression.Clusters(3), new FitOptions { Progress = null }));
    }

    [OpenClFact]
    public void A_model_for_which_there_is_no_memory_leaves_nothing_behind()
    {
        Device device = OwnDevice.Open();
        device.Accelerator!.Fault = command => Fail(command == GpuCommand.Allocate, CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE);
        Assert.Throws<DeviceMemoryException>(() => new SoftmaxRegression(device: device));
        device.Accelerator.Fault = null;
        Assert.Equal(0, device.Accelerator.Allocated);
        using var model = new SoftmaxRegression(device: device);
        model.Predict(new float[2], 1, new float[3]);
    }

    [OpenClFact]
    public void A_step_for_which_there_is_no_memory_leaves_the_parameters()
    {
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        Batch batch = SoftmaxRegression.Clusters(32).Batches(32).First();
        model.Step(SoftmaxRegression.LossEntry, batch, new Sgd(0.1f));
        float[] before = Values(model);
        device.Accelerator!.Fault = command => Fail(command == GpuCommand.Allocate, CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE);
        Assert.Throws<DeviceMemoryException>(() => model.Step(SoftmaxRegression.LossEntry, batch, new Adam()));
        device.Accelerator.Fault = null;
        Assert.Equal(before, Values(model));
        model.Step(SoftmaxRegression.LossEntry, batch, new Adam());
        Assert.NotEqual(before, Values(model));
    }

    [OpenClFact]
    public void A_step_that_fails_leaves_no_loss_behind()
    {
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        using var other = new SoftmaxRegression(device: OwnDevice.Shared);
        Dataset data = SoftmaxRegression.Clusters(64);
        Batch batch = data.Batches(32).First();
        int launches = 0;
        device.Accelerator!.Fault = command => Fail(command == GpuCommand.Launch && ++launches == 3, CLError.CL_INVALID_WORK_GROUP_SIZE);
        Assert.Throws<DeviceException>(() => model.Step(SoftmaxRegression.LossEntry, batch, new Adam()));
        launches = 0;
        Assert.Throws<DeviceException>(() => model.Gradients(SoftmaxRegression.LossEntry, batch, accumulate: true));
        device.Accelerator.Fault = null;
        History history = model.Fit(data, Options(2));
        Assert.Equal(other.Fit(data, Options(2)).Steps, history.Steps);
        Assert.Equal(Values(other), Values(model));
    }

    [OpenClFact]
    public void What_the_host_saw_last_outlives_the_device()
    {
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        using var healthy = new SoftmaxRegression(device: OwnDevice.Shared);
        Dataset data = SoftmaxRegression.Clusters(100);
        healthy.Fit(data, Options(2));
        int steps = 0;
        FitOptions options = Options(5, new CustomSchedule(state =>
        {
            if (++steps == 25)
            {
                device.Accelerator!.Fault = command => Fail(command == GpuCommand.Launch, CLError.CL_INVALID_COMMAND_QUEUE);
            }

            return state.BaseRate;
        }));
        DeviceLostException e = Assert.Throws<DeviceLostException>(() => model.Fit(data, options));
        Assert.Contains("was lost", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, options.History!.Epochs.Count);
        Assert.Equal(Values(healthy), Values(model));
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        healthy.Load(file);
        Assert.Equal(Values(model), Values(healthy));
        Assert.Throws<DeviceLostException>(() => model.Predict(new float[2], 1, new float[3]));
        Assert.Throws<DeviceLostException>(() => model.Fit(data, Options(1)));
    }

    [OpenClFact]
    public void A_device_that_is_lost_while_values_are_read_leaves_no_mixture()
    {
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        Batch batch = SoftmaxRegression.Clusters(32).Batches(32).First();
        model.Step(SoftmaxRegression.LossEntry, batch, new Sgd(0.1f));
        float[] before = Values(model);
        model.Step(SoftmaxRegression.LossEntry, batch, new Sgd(0.1f));
        GpuAccelerator accelerator = device.Accelerator!;
        accelerator.Fault = command =>
        {
            if (command == GpuCommand.Wait)
            {
                // All that was asked for has arrived, but nobody is told.
                accelerator.Accelerator.DefaultStream.Synchronize();
                Fail(true, CLError.CL_DEVICE_NOT_AVAILABLE);
            }
        };
        Assert.Throws<DeviceLostException>(() => model.Parameters[0].Values.Length);
        Assert.Equal(before, Values(model));
    }

    [OpenClFact]
    public void Models_on_one_device_do_not_meet()
    {
        using var first = new SoftmaxRegression(seed: 1, OpenClDevice.Device);
        using var second = new SoftmaxRegression(seed: 2, OpenClDevice.Device);
        float[] expectedFirst = Alone(1);
        float[] expectedSecond = Alone(2);
        Dataset data = SoftmaxRegression.Clusters(200);
        var optimizer = new Adam(0.01f);
        Parallel.Invoke(() => first.Fit(data, Options(3, optimizer: optimizer)), () => second.Fit(data, Options(3, optimizer: optimizer)));
        Assert.Equal(expectedFirst, Values(first));
        Assert.Equal(expectedSecond, Values(second));

        float[] Alone(ulong seed)
        {
            using var model = new SoftmaxRegression(seed, OpenClDevice.Device);
            model.Fit(SoftmaxRegression.Clusters(200), Options(3));
            return Values(model);
        }
    }

    [OpenClFact]
    public void Any_number_of_threads_may_predict_while_another_model_is_trained()
    {
        using var model = new SoftmaxRegression(device: OpenClDevice.Device);
        using var trained = new SoftmaxRegression(device: OpenClDevice.Device);
        float[] x = [1f, 2f];
        float[] expected = new float[3];
        model.Predict(x, 1, expected);
        Task training = Task.Run(() => trained.Fit(SoftmaxRegression.Clusters(200), Options(5)));
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            float[] predict = new float[3];
            for (int i = 0; i < 100; i++)
            {
                model.Predict(x, 1, predict);
                Assert.Equal(expected, predict);
            }
        });
        training.GetAwaiter().GetResult();
    }

    [OpenClFact]
    public void Reading_values_while_a_model_is_trained_loses_no_step()
    {
        using var watched = new SoftmaxRegression(device: OpenClDevice.Device);
        using var alone = new SoftmaxRegression(device: OpenClDevice.Device);
        Dataset data = SoftmaxRegression.Clusters(200);
        alone.Fit(data, Options(5));
        Task training = Task.Run(() => watched.Fit(data, Options(5)));
        while (!training.IsCompleted)
        {
            Assert.Equal(9, Values(watched).Length);
        }

        training.GetAwaiter().GetResult();
        Assert.Equal(Values(alone), Values(watched));
    }

    private static FitOptions Options(int epochs, ISchedule? schedule = null, Optimizer? optimizer = null) => new()
    {
        Epochs = epochs,
        BatchSize = 10,
        Optimizer = optimizer ?? new Adam(0.01f),
        Schedule = schedule ?? new ConstantSchedule(),
        History = new History(),
        Progress = null,
    };

    private static void Fail(bool now, CLError error)
    {
        if (now)
        {
            throw new CLException(error);
        }
    }

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
