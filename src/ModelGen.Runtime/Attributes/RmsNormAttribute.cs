using System;

namespace ModelGen;

/// <summary>Scales the last axis to a root mean square of one: <c>y = x / √(mean(x²) + epsilon) · weight</c> (Zhang and Sennrich 2019).</summary>
/// <remarks>Parameter: <c>weight [in]</c>, which starts at one.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RmsNormAttribute : LayerAttribute
{
    /// <summary>Gets or sets what is added to the mean of the squares: 2⁻²³ ≈ 1.19·10⁻⁷ unless set, the distance from 1 to the next float.</summary>
    public double Epsilon { get; set; } = 1.0 / (1 << 23);
}
