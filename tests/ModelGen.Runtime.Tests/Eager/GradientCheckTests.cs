using System;
using System.Collections.Generic;
using ModelGen.Runtime.Tests.Reference;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Eager;

public sealed class GradientCheckTests
{
    [Fact]
    public void The_gradient_of_a_sum_of_cubes()
    {
        Tensor x = Tensor.From(new[,] { { 1f, -2f }, { 0.5f, 3f } });
        Expect.Equal([2, 2], [3, 12, 0.75, 27], GradientCheck.Gradient(v => Sum(v * v * v), x), 1e-8);
    }

    [Fact]
    public void The_gradient_of_a_cross_entropy_is_softmax_minus_one_at_the_target()
    {
        Tensor logits = Tensor.From([1.0, 2.0, 3.0]);
        Tensor gradient = GradientCheck.Gradient(v => SoftmaxCrossEntropy(v, Tensor.From(1)), logits);
        Expect.Equal([3], [0.090030573170380458, 0.24472847105479765 - 1, 0.66524095577482189], gradient, 1e-9);
    }

    [Fact]
    public void The_gradient_of_a_parameter_and_the_parameter_stays_as_it_was()
    {
        using var model = new SmallModel();
        Tensor x = Tensor.From(new[,] { { 1f, 2f } }), target = Tensor.From(new[,] { { 0.25f } });
        float[] before = model.Parameters["Out.weight"].Values.ToArray();
        Tensor gradient = GradientCheck.Gradient(model, "Out.weight", mode => model.EagerIn(mode).Loss(x, target));

        Expect.Shape([1, 3], gradient.Shape);
        Assert.Equal(before, model.Parameters["Out.weight"].Values.ToArray());

        // The loss is (w · h − t)², so its gradient is 2 (w · h − t) h; with w = (1, 0, 0) and so on, w · h shows h itself.
        double error = model.EagerIn(new() { Double = true }).Predict(x).Item() - 0.25;
        double[] h = new double[3];
        for (int i = 0; i < 3; i++)
        {
            double[] unit = new double[3];
            unit[i] = 1;
            var overrides = new Dictionary<string, Tensor> { ["Out.weight"] = Tensor.From(unit, [1, 3]) };
            h[i] = model.EagerIn(new() { Double = true, Overrides = overrides }).Predict(x).Item();
        }

        Expect.Equal([1, 3], [2 * error * h[0], 2 * error * h[1], 2 * error * h[2]], gradient, 1e-8);
    }

    [Fact]
    public void Error_is_relative_for_large_gradients_and_absolute_for_small_ones()
    {
        Assert.Equal(0.01, GradientCheck.Error(Tensor.From([100.0, 1.0]), [100f, 2f]), 1e-12);
        Assert.Equal(0.5, GradientCheck.Error(Tensor.From([0.0]), [0.5f]));
        Assert.True(double.IsNaN(GradientCheck.Error(Tensor.From([0.0]), [float.NaN])));
        Assert.Throws<ArgumentException>(() => GradientCheck.Error(Tensor.From([0.0]), [1f, 2f]));
    }
}
