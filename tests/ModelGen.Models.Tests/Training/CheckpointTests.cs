using System;
using System.IO;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>Training that is interrupted anywhere and resumed by another model ends as training that was not, bit for bit.</summary>
[OnEveryDevice]
public sealed class CheckpointTests
{
    private const int StepsPerEpoch = 7;

    public static TheoryData<string> Trainings => ["adam", "momentum", "lamb", "groups", "centred", "lion", "early", "early, parameters", "accumulated"];

    /// <summary>Within an epoch, at an epoch's end before it has been validated, in the first step of an epoch, and right after an epoch.</summary>
    [Theory]
    [MemberData(nameof(Trainings))]
    public void WhatIsCancelledAnywhereIsResumed(string training)
    {
        using TrainingRun whole = new(training);
        TrainingEnd expected = whole.ToEnd();
        using TrainingRun interrupted = new(training);
        interrupted.CancelAt(step: 3);
        interrupted.CancelAt(step: StepsPerEpoch);
        interrupted.CancelAt(step: StepsPerEpoch + 1);
        interrupted.CancelAt(step: 2 * StepsPerEpoch, epoch: true);
        interrupted.CancelAt(step: (3 * StepsPerEpoch) - 2);
        interrupted.ToEnd().ShouldBe(expected);
    }

    [Theory]
    [InlineData("adam", 1)]
    [InlineData("accumulated", 2)]
    [InlineData("early", 5)]
    [InlineData("lamb", StepsPerEpoch)]
    public void WhatFailsGoesBackToTheLastCheckpoint(string training, int everySteps)
    {
        using TrainingRun whole = new(training);
        TrainingEnd expected = whole.ToEnd();
        using TrainingRun interrupted = new(training) { EverySteps = everySteps };
        interrupted.FailAt(step: 4);
        interrupted.FailAt(step: (2 * StepsPerEpoch) + 1);
        interrupted.ToEnd().ShouldBe(expected);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("early, parameters")]
    public void AnEpochIsACheckpoint(string training)
    {
        using TrainingRun whole = new(training);
        TrainingEnd expected = whole.ToEnd();
        using TrainingRun interrupted = new(training);
        interrupted.FailAt(step: StepsPerEpoch - 1);
        Assert.False(File.Exists(interrupted.Path));
        interrupted.FailAt(step: StepsPerEpoch + 3);
        Assert.True(File.Exists(interrupted.Path));
        interrupted.FailAt(step: (3 * StepsPerEpoch) + 3);
        interrupted.ToEnd().ShouldBe(expected);
    }

    /// <summary>The rates of the others depend on how long training is to last.</summary>
    [Theory]
    [InlineData("momentum")]
    [InlineData("accumulated")]
    public void MoreStepsOrEpochsAreThoseOfALongerTraining(string training)
    {
        using TrainingRun whole = new(training) { Epochs = 4 };
        TrainingEnd expected = whole.ToEnd();
        using TrainingRun interrupted = new(training) { Epochs = 2, MaxSteps = 5 };
        interrupted.ToEnd();
        interrupted.MaxSteps = 2 * StepsPerEpoch;
        interrupted.ToEnd();
        interrupted.MaxSteps = null;
        interrupted.ToEnd();
        interrupted.Epochs = 4;
        interrupted.ToEnd().ShouldBe(expected);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("early")]
    [InlineData("early, parameters")]
    [InlineData("short")]
    public void WhatIsOverIsOver(string training)
    {
        using TrainingRun run = new(training);
        TrainingEnd expected = run.ToEnd();
        DateTime written = File.GetLastWriteTimeUtc(run.Path);
        run.ToEnd().ShouldBe(expected);
        Assert.Equal(written, File.GetLastWriteTimeUtc(run.Path));
    }

    [Fact]
    public void MaxStepsWithinAnEpochEndsTwiceAlike()
    {
        using TrainingRun run = new("adam") { MaxSteps = StepsPerEpoch + 3 };
        TrainingEnd expected = run.ToEnd();
        Assert.Equal(2, expected.Epochs.Length);
        run.ToEnd().ShouldBe(expected);
    }
}
