using System;

namespace ModelGen;

/// <summary>Normalises the last axis: <c>y = (x − mean) / √(variance + epsilon) · weight + bias</c>, with the biased variance.</summary>
/// <remarks>Parameters: <c>weight [in]</c>, which starts at one, and <c>bias [in]</c>, which starts at zero.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>Gets or sets what is added to the variance.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
