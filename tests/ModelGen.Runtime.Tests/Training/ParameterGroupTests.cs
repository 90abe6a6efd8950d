using System;
using System.Linq;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training;

/// <summary>Groups of parameters; that their rates and decays are PyTorch's is among <see cref="OptimizerTests"/>.</summary>
public sealed class ParameterGroupTests
{
    [Theory]
    [InlineData("Fc1", true)]
    [InlineData("Fc1.weight", true)]
    [InlineData("Fc1.wei", false)]
    [InlineData("Fc", false)]
    [InlineData("fc1", false)]
    [InlineData("Fc1.weight.more", false)]
    [InlineData("*", true)]
    [InlineData("*.weight", true)]
    [InlineData("*weight", true)]
    [InlineData("weight", false)]
    [InlineData("*.bias", false)]
    [InlineData("F*", true)]
    [InlineData("F*1", true)]
    [InlineData("F*.w*t", true)]
    [InlineData("F*.w*h", false)]
    [InlineData("Fc1.weight*", true)]
    public void Patterns_fit_whole_parts_of_names(string pattern, bool fits) => Assert.Equal(fits, ParameterNames.Matches("Fc1.weight", pattern));

    [Fact]
    public void The_first_group_that_fits_counts_also_within_repeated_modules()
    {
        using var model = new Probe(lengthA: 2, lengthB: 2);
        float[] before = Values(model);
        var sgd = new Sgd(0.5f) { Groups = [new("Blocks.1") { LearningRateFactor = 4f }, new("Blocks") { LearningRateFactor = 2f }] };
        model.Step(model.Loss, model.Batch([1f, 1f, 1f, 1f, 1f, 1f]), sgd);
        Assert.Equal([0.5f, 0.5f, 1f, 1f, 2f, 2f], before.Zip(Values(model), static (b, a) => MathF.Round(b - a, 5)));
    }

    [Fact]
    public void Frozen_parameters_stay_as_they_are_and_out_of_the_norm()
    {
        using var model = new Probe(lengthA: 2, lengthB: 1);
        float[] before = Values(model);
        var sgd = new Sgd(1f, momentum: 0.5f, weightDecay: 0.1f) { ClipNorm = 1f, Groups = [new("*.B") { IsFrozen = true }, new("A") { WeightDecay = 0f }] };
        model.Step(model.Loss, model.Batch([3f, 4f, 100f, 100f]), sgd);
        float[] after = Values(model);
        Assert.Equal(before[2..], after[2..]);
        Assert.Equal(before[0] - 0.6f, after[0], 1e-5f);
        Assert.Equal(before[1] - 0.8f, after[1], 1e-5f);
    }

    [Fact]
    public void Fit_multiplies_the_schedules_rate()
    {
        using var model = new Probe(lengthA: 1, lengthB: 1);
        float[] before = Values(model);
        model.Fit(model.Data([1f, 1f, 1f]), new FitOptions
        {
            Epochs = 2,
            Optimizer = new Sgd(1f) { Groups = [new("A") { LearningRateFactor = 0.5f }, new("Blocks.0") { LearningRateFactor = 0f }] },
            Schedule = new CustomSchedule(state => state.Step == 0 ? 1f : 0.25f),
            Progress = null,
        });
        Assert.Equal([0.625f, 0f, 1.25f], before.Zip(Values(model), static (b, a) => MathF.Round(b - a, 5)));
    }

    [Fact]
    public void A_group_without_parameters_is_an_error()
    {
        using var model = new Probe();
        Batch batch = model.Batch(new float[model.Width]);
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Step(model.Loss, batch, new Adam { Groups = [new("*.bias") { WeightDecay = 0f }] }));
        Assert.Equal("The group '*.bias' fits no parameter; there are: A, Blocks.0.B, Blocks.1.B.", e.Message);
        e = Assert.Throws<ArgumentException>(() => model.Fit(model.Data(new float[model.Width]), new FitOptions { Optimizer = new Adam { Groups = [new("*.B"), new("Blocks.1")] }, Progress = null }));
        Assert.Contains("The group 'Blocks.1' is left without parameters", e.Message, StringComparison.Ordinal);
        Assert.Contains("'Blocks.1.B' is in the group '*.B'. Put narrower groups first.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Freezing_all_that_a_loss_trains_is_an_error()
    {
        using var model = new Probe();
        var adam = new Adam { Groups = [new("A") { IsFrozen = true }] };
        float[] x = new float[model.Width];
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Step(model.ALoss, model.Batch(x, model.ALoss), adam));
        Assert.Equal("The optimizer's groups freeze all parameters that the loss 'ALoss' trains: A.", e.Message);
        model.Step(model.Loss, model.Batch(x), adam);

        // Also where the optimizer is known by another loss: before anything is done.
        model.Gradients(model.Loss, model.Batch([1f, 2f, 3f, 4f, 5f]));
        Assert.Throws<ArgumentException>(() => model.Step(model.ALoss, model.Batch(x, model.ALoss), adam));
        Assert.Throws<ArgumentException>(() => model.Fit(model.Data(x, model.ALoss), new FitOptions { Optimizer = adam, Progress = null }));
        Assert.Equal(2u, model.TrainingCalls);
        Assert.Equal([1f, 2f, 3f], model.Parameters["A"].Gradient.ToArray());
        Assert.Equal([5f], model.Parameters["Blocks.1.B"].Gradient.ToArray());
    }

    [Fact]
    public void Settings_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new ParameterGroup(string.Empty));
        ArgumentException e = Assert.Throws<ArgumentException>(() => new Adam { Groups = [new("A"), null!] });
        Assert.Equal("The optimizer's group 1 is null (counted from 0). (Parameter 'Groups')", e.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup("A") { LearningRateFactor = -1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup("A") { WeightDecay = -1f });
    }

    [Fact]
    public void Steps_with_groups_allocate_nothing()
    {
        using var model = new Probe(lengthA: 70, lengthB: 30);
        Batch batch = model.Batch(new float[model.Width]);
        Optimizer[] all =
        [
            new Adam { Groups = [new("Blocks.0") { WeightDecay = 1f }], ClipNorm = 1f },
            new RmsProp(momentum: 0.5f, centered: true),
            new Adagrad(),
            new Lion(),
            new Lamb { Groups = [new("A") { LearningRateFactor = 2f }] },
        ];
        Assert.All(all, optimizer => Assert.Equal(0, Allocations.Of(() => model.Step(model.Loss, batch, optimizer))));
    }

    private static float[] Values(Probe model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
