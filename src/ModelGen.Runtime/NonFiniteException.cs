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

    /// <summary>Gets the model's training call, counted from 1 (see <see cref="Model.TrainingCalls"/>), or 0 where it is not known.</summary>
    public long Step { get; init; }

    /// <summary>Gets the first kernel whose output is not finite, or null where it was not found.</summary>
    public string? Kernel { get; init; }

    /// <param name="loss">The loss.</param>
    /// <param name="step">The training call, counted from 1.</param>
    /// <param name="cause">What was not finite before the first kernel, as a sentence; empty for nothing.</param>
    /// <param name="kernel">The first kernel.</param>
    /// <param name="element">The element of its output.</param>
    /// <param name="value">The element's value.</param>
    internal static NonFiniteException InKernel(float loss, long step, string cause, string kernel, nint element, float value) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"The loss became {Word(loss)} at step {step}: the first kernel whose output is not finite is '{kernel}' "
            + $"(its element {element} is {Word(value)}).{cause}"))
        {
            Step = step,
            Kernel = kernel,
        };

    internal static NonFiniteException Unexplained(float loss, long step, string cause) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"The loss became {Word(loss)} at step {step}, but when the step was repeated every kernel's output was finite.{cause}"))
        {
            Step = step,
        };

    internal static string Word(float value) =>
        float.IsNaN(value) ? "NaN" : value > 0 ? "infinite" : "negatively infinite";
}
