using System;
using System.Collections.Generic;

namespace ModelGen;

/// <summary>Makes a partial class a neural network: the build adds parameters, gradients, training and inference to it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute;

/// <summary>Makes a partial class a part of networks that is used once or many times; its sizes flow in from where it is used.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModuleAttribute : Attribute;

/// <summary>The shape of a stack's input: <c>[Model, Input("batch", 784)]</c>.</summary>
/// <param name="shape">Per dimension a number, a name (open until the call) or an expression of names such as <c>"2*time+1"</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute(params object[] shape) : Attribute
{
    /// <summary>Gets the dimensions: numbers, names or expressions of names.</summary>
    public IReadOnlyList<object> Shape { get; } = shape;
}
