using System;

namespace ModelGen;

/// <summary>As a layer: several neighbouring axes as one, by default all but the first, which counts examples, as PyTorch's layer does.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute
{
    /// <summary>Gets or sets the first of the axes; a negative one counts from the end.</summary>
    public int Start { get; set; } = 1;

    /// <summary>Gets or sets the last of the axes.</summary>
    public int End { get; set; } = -1;
}
