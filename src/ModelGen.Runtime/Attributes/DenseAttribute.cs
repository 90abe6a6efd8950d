using System;

namespace ModelGen;

/// <summary>A fully connected layer: <c>y = activation(x · weightᵀ + bias)</c> along the last axis.</summary>
/// <remarks>
/// Parameters: <c>weight [width, in]</c> and <c>bias [width]</c>, as in PyTorch's <c>Linear</c>. Both start uniform in ±1/√in unless
/// <see cref="Init"/> says otherwise for the weight.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute : LayerAttribute
{
    /// <summary>A layer with a constant number of outputs.</summary>
    /// <param name="width">The size of the output's last axis.</param>
    public DenseAttribute(int width) => Width = width;

    /// <summary>A layer of a module whose number of outputs follows from the module's input.</summary>
    /// <param name="width">An expression of the names of the input's dimensions: <c>"4*width"</c>.</param>
    public DenseAttribute(string width) => Width = width;

    /// <summary>Gets the size of the output's last axis: a number or an expression of names.</summary>
    public object Width { get; }

    /// <summary>Gets or sets a value indicating whether a bias is added.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Gets or sets the function applied to the sum.</summary>
    public Activation Activation { get; set; }

    /// <summary>Gets or sets the distribution of the weight's first values.</summary>
    public Init Init { get; set; }

    /// <summary>Gets or sets the factor on the weight's first values.</summary>
    public double InitScale { get; set; } = 1;
}
