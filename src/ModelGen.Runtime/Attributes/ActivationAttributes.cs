using System;

namespace ModelGen;

/// <summary>As a layer: <c>y = max(x, 0)</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReluAttribute : LayerAttribute;

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
