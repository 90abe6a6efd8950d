using System;

namespace ModelGen;

/// <summary>As a layer: <c>y = max(x, 0)</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReluAttribute : LayerAttribute;

/// <summary>As a layer: <c>y = x</c> where x is above 0, else <c>slope · x</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReluAttribute : LayerAttribute
{
    /// <summary>Gets or sets the slope below 0.</summary>
    public double Slope { get; set; } = 0.01;
}

/// <summary>As a layer: <c>y = x</c> where x is above 0, else <c>alpha · (eˣ − 1)</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EluAttribute : LayerAttribute
{
    /// <summary>Gets or sets the size of the limit at −∞.</summary>
    public double Alpha { get; set; } = 1;
}

/// <summary>As a layer: <c>y = 1.0507 · x</c> where x is above 0, else <c>1.0507 · 1.6733 · (eˣ − 1)</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SeluAttribute : LayerAttribute;

/// <summary>As a layer: <c>y = ln(1 + e^(beta · x)) / beta</c>, or x itself where <c>beta · x</c> is above the threshold.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute : LayerAttribute
{
    /// <summary>Gets or sets how sharp the bend at 0 is.</summary>
    public double Beta { get; set; } = 1;

    /// <summary>Gets or sets where the straight line begins.</summary>
    public double Threshold { get; set; } = 20;
}

/// <summary>As a layer: <c>y = max(0, min(1, x/6 + 1/2))</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSigmoidAttribute : LayerAttribute;

/// <summary>As a layer: <c>y = x · max(0, min(1, x/6 + 1/2))</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSwishAttribute : LayerAttribute;

/// <summary>As a layer: <c>y = tanh(x)</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TanhAttribute : LayerAttribute;

/// <summary>As a layer: <c>y = 1 / (1 + e⁻ˣ)</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>As a layer: <c>y = x · Φ(x)</c>, with the normal distribution's cumulative function or its tanh approximation.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary>Gets or sets the formula.</summary>
    public Approximate Approximate { get; set; }
}

/// <summary>As a layer: <c>y = x · sigmoid(x)</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SiluAttribute : LayerAttribute;

/// <summary>As a layer: <c>y = x · tanh(softplus(x))</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MishAttribute : LayerAttribute;

/// <summary>As a layer: <c>y = eˣ / Σ eˣ</c> along an axis.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>Gets or sets the axis that sums to one; a negative one counts from the end.</summary>
    public int Axis { get; set; } = -1;
}

/// <summary>As a layer: <c>y = x − log Σ eˣ</c> along an axis.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    /// <summary>Gets or sets the axis whose exponentials sum to one; a negative one counts from the end.</summary>
    public int Axis { get; set; } = -1;
}
