using System;
using System.ComponentModel;
using ModelGen.Reference;
using static ModelGen.Functional;

namespace ModelGen;

/// <summary>The layers with parameters, random numbers or defaults of their own, as the eager reading runs them: what generated bodies of layers call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class EagerLayers
{
    /// <summary><c>y = activation(x · weightᵀ + bias)</c> along the last axis.</summary>
    /// <param name="layer">Where <c>weight [out, in]</c> lies, and <c>bias [out]</c> unless the layer has none.</param>
    /// <param name="x">A tensor <c>[.., in]</c>.</param>
    /// <param name="activation">The function applied to the sum.</param>
    /// <returns>A tensor <c>[.., out]</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another last axis.</exception>
    public static Tensor Dense(EagerScope layer, Tensor x, Activation activation = Activation.None)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Tensor weight = layer.Parameter("weight");
        RequireLastAxis(layer, x, weight.Shape[1]);
        Tensor y = MatMul(x, Permute(weight, 1, 0));
        return Activate(layer.Has("bias") ? y + layer.Parameter("bias") : y, activation);
    }

    /// <summary>Several neighbouring axes as one: as a layer, all but the first unless said.</summary>
    /// <param name="layer">Where the layer lies.</param>
    /// <param name="x">Any tensor.</param>
    /// <param name="start">The first of the axes; a negative one counts from the end.</param>
    /// <param name="end">The last of the axes.</param>
    /// <returns>A tensor of fewer axes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor Flatten(EagerScope layer, Tensor x, int start = 1, int end = -1)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Functional.Flatten(x, start, end);
    }

    /// <summary><c>y = (x − mean) / √(variance + epsilon) · weight + bias</c> along the last axis, with the biased variance.</summary>
    /// <param name="layer">Where <c>weight [in]</c> and <c>bias [in]</c> lie.</param>
    /// <param name="x">A tensor <c>[.., in]</c>.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another last axis.</exception>
    public static Tensor LayerNorm(EagerScope layer, Tensor x, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Tensor weight = layer.Parameter("weight");
        RequireLastAxis(layer, x, weight.Shape[0]);
        Tensor centred = x - Mean(x, -1, keepDims: true);
        Tensor variance = Mean(centred * centred, -1, keepDims: true);
        return (centred / Sqrt(variance + epsilon) * weight) + layer.Parameter("bias");
    }

    /// <summary><c>y = x / √(mean(x²) + epsilon) · weight</c> along the last axis.</summary>
    /// <param name="layer">Where <c>weight [in]</c> lies.</param>
    /// <param name="x">A tensor <c>[.., in]</c>.</param>
    /// <param name="epsilon">What is added to the mean of the squares.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another last axis.</exception>
    public static Tensor RmsNorm(EagerScope layer, Tensor x, double epsilon = 1.0 / (1 << 23))
    {
        ArgumentNullException.ThrowIfNull(layer);
        Tensor weight = layer.Parameter("weight");
        RequireLastAxis(layer, x, weight.Shape[0]);
        return x / Sqrt(Mean(x * x, -1, keepDims: true) + epsilon) * weight;
    }

    /// <summary>In training, zero with probability <c>p</c> and <c>x / (1 − p)</c> otherwise; else <c>y = x</c>.</summary>
    /// <param name="layer">The layer's place, on which the random numbers depend.</param>
    /// <param name="x">Any tensor.</param>
    /// <param name="p">The probability with which an element is dropped, from 0 up to but not including 1.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not a probability below 1.</exception>
    public static Tensor Dropout(EagerScope layer, Tensor x, double p)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (p is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(p), p, $"{layer}: p must be at least 0 and below 1.");

        return Training ? Tensor.Apply(new Dropout(p, EagerContext.Current!.Random(layer.Site)), x) : x;
    }

    private static Tensor Activate(Tensor x, Activation activation) => activation switch
    {
        Activation.None => x,
        Activation.Relu => Relu(x),
        Activation.Tanh => Tanh(x),
        Activation.Sigmoid => Sigmoid(x),
        Activation.Gelu => Gelu(x),
        Activation.Silu => Silu(x),
        Activation.LeakyRelu => LeakyRelu(x),
        Activation.Elu => Elu(x),
        Activation.Selu => Selu(x),
        Activation.Mish => Mish(x),
        Activation.Softplus => Softplus(x),
        Activation.HardSigmoid => HardSigmoid(x),
        Activation.HardSwish => HardSwish(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
    };

    private static void RequireLastAxis(EagerScope layer, Tensor x, int size)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0 || x.Shape[^1] != size)
            throw new ArgumentException($"{layer} expects [.., {size}] but was given {Shapes.Text(x.Shape.AsSpan())}.", nameof(x));
    }
}
