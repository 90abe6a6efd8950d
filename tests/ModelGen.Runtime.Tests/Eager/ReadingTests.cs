using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ModelGen.Runtime.Tests.Reference;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Eager;

public sealed class ReadingTests
{
    private static readonly Tensor X = Tensor.From(new[,] { { 1f, 2f }, { -1f, 0.5f } });

    [Fact]
    public void The_mode_decides_on_the_element_type()
    {
        using var model = new SmallModel();
        Tensor single = model.Eager.Predict(X);
        Tensor exact = model.EagerIn(new() { Double = true }).Predict(X);
        Assert.False(single.IsDouble);
        Assert.True(exact.IsDouble);
        Expect.Equal([2, 1], exact.ToDoubleArray(), single, 1e-5);
    }

    [Fact]
    public void In_double_mode_words_on_inputs_alone_are_exact_too()
    {
        using var model = new SmallModel();
        Assert.True(model.EagerIn(new() { Double = true }).Square(X).IsDouble);
        Assert.False(model.Eager.Square(X).IsDouble);
    }

    [Fact]
    public void Training_holds_within_a_call_and_no_longer()
    {
        using var model = new SmallModel();
        Assert.True(model.EagerIn(new() { Training = true }).IsTraining());
        Assert.False(model.Eager.IsTraining());
        Assert.False(Training);
    }

    [Fact]
    public void A_call_that_throws_ends_too()
    {
        using var model = new SmallModel();
        Assert.Throws<ArgumentException>(() => model.EagerIn(new() { Training = true }).Predict(Tensor.From(new float[1, 5])));
        Assert.False(Training);
    }

    [Fact]
    public async Task Threads_have_modes_of_their_own()
    {
        using var model = new SmallModel();
        SmallModel.Reading training = model.EagerIn(new() { Training = true }), inference = model.Eager;
        bool[] found = await Task.WhenAll(Task.Run(training.IsTraining), Task.Run(inference.IsTraining));
        Assert.Equal([true, false], found);
    }

    [Fact]
    public void Overrides_stand_in_for_parameters()
    {
        using var model = new SmallModel();
        var overrides = new Dictionary<string, Tensor> { ["Out.weight"] = Tensor.From(new double[1, 3]) };
        Expect.Equal([2, 1], [0, 0], model.EagerIn(new() { Overrides = overrides }).Predict(X));
        Assert.False(model.EagerIn(new() { Overrides = overrides }).Predict(X).IsDouble);
    }

    [Fact]
    public void An_override_of_another_shape_and_a_missing_parameter_are_errors()
    {
        using var model = new SmallModel();
        var overrides = new Dictionary<string, Tensor> { ["Out.weight"] = Tensor.From(new float[3]) };
        var error = Assert.Throws<ArgumentException>(() => model.EagerIn(new() { Overrides = overrides }).Predict(X));
        Assert.Equal("The override of 'Out.weight [1, 3]' has the shape [3].", error.Message);
        Assert.Throws<KeyNotFoundException>(() => new EagerScope(model).Parameter("Scale"));
    }

    [Fact]
    public void Scopes_name_places()
    {
        using var model = new SmallModel();
        EagerScope norm = new EagerScope(model).Child("Blocks", 1).Child("Norm");
        Assert.Equal("Blocks.1.Norm", norm.ToString());
        Assert.True(norm.Has("weight"));
        Assert.Equal(new EagerScope(model, "Blocks.0.Norm").Site, norm.Site);
    }
}
