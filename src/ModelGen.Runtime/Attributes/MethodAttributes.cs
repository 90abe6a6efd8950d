using System;

namespace ModelGen;

/// <summary>A method that computes outputs from inputs; it becomes an inference entry of the model under the same name.</summary>
/// <remarks>Every parameter bears <see cref="ShapeAttribute"/>. On a module it is what the module's user calls.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ForwardAttribute : Attribute;

/// <summary>A method that computes the scalar to be minimised; it becomes a training entry of the model under the same name.</summary>
/// <remarks>
/// A parameter without <see cref="ShapeAttribute"/> bears the name of a <c>[Forward]</c> method in camelCase and is that method's output.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class LossAttribute : Attribute
{
    /// <summary>Gets or sets which parameters this loss updates: the beginning of their names, up to a dot or their end; all of them where it is
    /// null.</summary>
    /// <example><c>[Loss(Trains = "Generator")]</c> updates <c>Generator.Fc1.weight</c> and leaves <c>Generator2.Fc1.weight</c> alone.</example>
    public string? Trains { get; set; }
}

/// <summary>A method that computes a scalar to be reported, averaged over the data, beside the losses.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class MetricAttribute : Attribute;

/// <summary>A method that is a step of <see cref="Functional.Scan(Tensor, Tensor, Func{Tensor, Tensor, Tensor}, int, bool)"/>: it takes the state, and the element of the sequence if
/// there is one, and returns the state after the step, alone or with an output.</summary>
/// <remarks>
/// A state is a <see cref="Tensor"/> or a tuple of them; it leaves the step with the shape that it came with. The forms are those of <c>Scan</c>:
/// <c>Tensor Name(Tensor state, Tensor x)</c>, <c>((Tensor, Tensor) State, Tensor Output) Name((Tensor, Tensor) state, Tensor x)</c>, and both without the element.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RecurrentAttribute : Attribute;
