using System;
using ModelGen.Runtime.Tests.Reference;
using Xunit;

namespace ModelGen.Runtime.Tests.Eager;

public sealed class LayerTests
{
    private static readonly Tensor X = Tensor.From(new[,] { { 1f, 2f }, { -1f, 0.5f } });

    [Fact]
    public void Dense_is_the_product_with_the_transposed_weight_plus_bias()
    {
        using var model = new SmallModel();
        new float[] { 1, 0, 0, 1, 1, -1 }.CopyTo(model.Parameters["Fc1.weight"].Values);
        new float[] { 0.5f, 0, 0 }.CopyTo(model.Parameters["Fc1.bias"].Values);
        Tensor y = EagerLayers.Dense(new EagerScope(model, "Fc1"), X, Activation.Relu);
        Expect.Equal([2, 3], [1.5, 2, 0, 0, 0.5, 0], y);
    }

    [Fact]
    public void Dense_without_a_bias_and_with_any_number_of_leading_axes()
    {
        using var model = new SmallModel();
        new float[] { 1, 2, 3 }.CopyTo(model.Parameters["Out.weight"].Values);
        var layer = new EagerScope(model, "Out");
        Assert.False(layer.Has("bias"));
        Expect.Equal([1], [14], EagerLayers.Dense(layer, Tensor.From([1f, 2f, 3f])));
        Expect.Equal([2, 1, 1], [14, 3], EagerLayers.Dense(layer, Tensor.From([1f, 2f, 3f, 0f, 0f, 1f], [2, 1, 3])));
    }

    [Fact]
    public void LayerNorm_has_mean_zero_and_variance_one_before_weight_and_bias()
    {
        using var model = new SmallModel();
        var layer = new EagerScope(model, "Blocks.1.Norm");
        Tensor x = Tensor.From([1f, 2f, 3f]);
        Expect.Equal([3], [-1.2247356859083902, 0, 1.2247356859083902], EagerLayers.LayerNorm(layer, x), 1e-6);

        new float[] { 1, 2, 3 }.CopyTo(model.Parameters["Blocks.1.Norm.weight"].Values);
        new float[] { 0, 0, 1 }.CopyTo(model.Parameters["Blocks.1.Norm.bias"].Values);
        Expect.Equal([3], [-0.81649658 / 2, 0, 1 + (3 * 0.81649658 / 2)], EagerLayers.LayerNorm(layer, x, epsilon: 5.333333333), 1e-5);
    }

    [Fact]
    public void A_wrong_last_axis_is_named_with_the_layer()
    {
        using var model = new SmallModel();
        var error = Assert.Throws<ArgumentException>(() => model.Eager.Predict(Tensor.From(new float[4, 3])));
        Assert.StartsWith("Fc1 expects [.., 2] but was given [4, 3].", error.Message, StringComparison.Ordinal);
    }
}
