using System;
using System.Collections.Generic;

namespace ModelGen;

/// <summary>The shape of a method's input: <c>[Shape("batch", 784)] Tensor image</c>.</summary>
/// <param name="shape">Per dimension a number, a name (open until the call) or an expression of names such as <c>"2*time+1"</c>.</param>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ShapeAttribute(params object[] shape) : Attribute
{
    /// <summary>Gets the dimensions: numbers, names or expressions of names.</summary>
    public IReadOnlyList<object> Shape { get; } = shape;
}

/// <summary>A partial property of type <see cref="Tensor"/> that is trained: <c>[Parameter(128)] private partial Tensor Scale { get; }</c>.</summary>
/// <param name="shape">Per dimension a number, or in a module also an expression of the names of its inputs; none for a scalar.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ParameterAttribute(params object[] shape) : Attribute
{
    /// <summary>Gets the dimensions: numbers or expressions of names.</summary>
    public IReadOnlyList<object> Shape { get; } = shape;

    /// <summary>Gets or sets the distribution of the first values.</summary>
    public Init Init { get; set; }

    /// <summary>Gets or sets the factor on the first values.</summary>
    public double InitScale { get; set; } = 1;
}

/// <summary>
/// A partial property of type <see cref="Tensor"/> that is carried from call to call: <c>[State("batch", 128)] private partial Tensor Hidden { get; set; }</c>.
/// </summary>
/// <remarks>
/// To read it in a method of the model gives what the call begins with, to assign it says what the next call begins with; a state that a call does not assign stays
/// as it is. The values lie in an object of the caller, which <c>NewState</c> makes; calls without one begin with zeros and keep nothing, and so do losses.
/// </remarks>
/// <param name="shape">Per dimension a number, a name that is an axis of an input of every method that uses the state, or an expression of such names.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class StateAttribute(params object[] shape) : Attribute
{
    /// <summary>Gets the dimensions: numbers, names or expressions of names.</summary>
    public IReadOnlyList<object> Shape { get; } = shape;
}

/// <summary>The number of copies of a module, each with its own parameters: <c>[Repeat(4)] private partial Block[] Blocks { get; }</c>.</summary>
/// <param name="count">The number of copies.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class RepeatAttribute(int count) : Attribute
{
    /// <summary>Gets the number of copies.</summary>
    public int Count { get; } = count;
}
