using System;

namespace ModelGen;

/// <summary>In training, zero with probability <c>p</c> and <c>x / (1 − p)</c> otherwise; else <c>y = x</c>.</summary>
/// <param name="p">The probability with which an element is dropped, from 0 up to but not including 1.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double p) : LayerAttribute
{
    /// <summary>Gets the probability with which an element is dropped.</summary>
    public double P { get; } = p;
}
