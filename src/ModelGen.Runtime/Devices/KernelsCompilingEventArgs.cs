using System;

namespace ModelGen;

/// <summary>How far the kernels of a call have been compiled.</summary>
/// <param name="name">What the kernels are for: the model's class and method.</param>
/// <param name="device">The name of the device.</param>
/// <param name="compiled">The number of kernels that are ready.</param>
/// <param name="total">The number of kernels that this call had to compile.</param>
public sealed class KernelsCompilingEventArgs(string name, string device, int compiled, int total) : EventArgs
{
    /// <summary>Gets what the kernels are for: the model's class and method.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the name of the device.</summary>
    public string Device { get; } = device;

    /// <summary>Gets the number of kernels that are ready.</summary>
    public int Compiled { get; } = compiled;

    /// <summary>Gets the number of kernels that this call had to compile.</summary>
    public int Total { get; } = total;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"compiling kernels for {Name}: {Compiled} of {Total}");
}
