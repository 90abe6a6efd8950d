using System;
using System.Globalization;

namespace ModelGen;

/// <summary>A loss became NaN or infinite. The parameters are those before the step.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    /// <summary>Initializes a new instance of the <see cref="NonFiniteException"/> class.</summary>
    public NonFiniteException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="NonFiniteException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public NonFiniteException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="NonFiniteException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public NonFiniteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the training step, counted from 1, or 0 where it is not known.</summary>
    public long Step { get; init; }

    /// <summary>Gets the first kernel whose output is not finite, or null where it was not found.</summary>
    public string? Kernel { get; init; }

    internal static NonFiniteException InKernel(float loss, long step, string kernel, nint element, float value) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"The loss became {Word(loss)} at step {step}: the first kernel whose output is not finite is '{kernel}' (its element {element} is {Word(value)})."))
        {
            Step = step,
            Kernel = kernel,
        };

    internal static NonFiniteException Unexplained(float loss, long step) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"The loss became {Word(loss)} at step {step}, but when the step was repeated every kernel's output was finite."))
        {
            Step = step,
        };

    internal static string Word(float value) =>
        float.IsNaN(value) ? "NaN" : value > 0 ? "infinite" : "negatively infinite";
}
