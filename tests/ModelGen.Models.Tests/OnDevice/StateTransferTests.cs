using ModelGen.Gpu;
using ModelGen.Models.Tests.Sequences;
using ModelGen.TestDevices;
using Xunit;

namespace ModelGen.Models.Tests.OnDevice;

/// <summary>What is copied between the host and a device when calls go on from a state.</summary>
[Collection(AloneOnDevice.Name)]
public sealed class StateTransferTests
{
    /// <summary>The word to the device and the scores back.</summary>
    private const int OfCall = 2;

    private readonly GpuAccelerator accelerator = OpenClDevice.Device.Accelerator!;
    private readonly float[] scores = new float[11];

    [OpenClFact]
    public void StatesStayOnTheDevice()
    {
        using LstmReader model = new(OpenClDevice.Device, seed: 4);
        LstmReader.State state = model.NewState(batch: 1);
        Call(model, state);
        Assert.Equal(10 * OfCall, Counted(() =>
        {
            for (int call = 0; call < 10; call++)
            {
                Call(model, state);
            }
        }));
    }

    /// <summary>One of two states is copied, once to be seen and once because whoever sees it may have written it.</summary>
    [OpenClFact]
    public void WhatIsSeenIsCopiedThereAndBack()
    {
        using LstmReader model = new(OpenClDevice.Device, seed: 4);
        LstmReader.State state = model.NewState(batch: 1);
        Call(model, state);
        Assert.Equal(1, Counted(() => state.Hidden[0] += state.Hidden[1]));
        Assert.Equal(OfCall + 1, Counted(() => Call(model, state)));
        Assert.Equal(OfCall, Counted(() => Call(model, state)));
    }

    [OpenClFact]
    public void ACloneIsMadeOnTheDevice()
    {
        using LstmReader model = new(OpenClDevice.Device, seed: 4);
        LstmReader.State state = model.NewState(batch: 1);
        Call(model, state);
        Assert.Equal(OfCall, Counted(() => Call(model, state.Clone())));
    }

    private void Call(LstmReader model, LstmReader.State state) => model.Predict(state, [3], 1, 1, scores);

    private long Counted(System.Action action)
    {
        long before = accelerator.Transfers;
        action();
        return accelerator.Transfers - before;
    }
}
