using System;
using System.Collections.Immutable;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A trainable tensor of a model.</summary>
public sealed class Parameter
{
    private readonly Model model;
    private readonly long offset;

    internal Parameter(Model model, ParameterDescription description, string name, long offset, int length)
    {
        this.model = model;
        this.offset = offset;
        Name = name;
        Length = length;
        Description = description;
    }

    /// <summary>Gets the name: the path of members that leads to it, such as <c>Blocks.2.Expand.weight</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the shape.</summary>
    public ImmutableArray<int> Shape => Description.Shape;

    /// <summary>Gets the number of values.</summary>
    public int Length { get; }

    /// <summary>Gets what the build knows of it and of its repetitions.</summary>
    internal ParameterDescription Description { get; }

    internal long Offset => offset;

    /// <summary>Gets the values, which the caller does not change.</summary>
    internal ReadOnlySpan<float> ValuesToRead => model.Execution.ParametersToRead().Span(offset, Length);

    /// <summary>Gets the values of a new model, to be filled at once.</summary>
    internal Span<float> ValuesToWrite => model.Execution.ParametersToWrite().Span(offset, Length);

    /// <summary>Gets the values in row-major order. They may be written.</summary>
    /// <remarks>On a device other than the processor, this is a copy of the device's: the model's next call takes over what was written to it.
    /// Afterwards it has to be taken anew. On the processor it stays the parameter itself; as it may then change unnoticed, inference no longer
    /// keeps weights prepared from call to call. <see cref="SetValues"/> and <see cref="CopyTo"/> leave that as it is.</remarks>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public Span<float> Values => model.Execution.ParametersToShare().Span(offset, Length);

    /// <summary>Gets the gradient of the last training call; zeros before the first.</summary>
    /// <remarks>On a device other than the processor, a copy: see <see cref="Values"/>.</remarks>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public Span<float> Gradient => model.Execution.GradientsToWrite().Span(offset, Length);

    /// <summary>Replaces all values.</summary>
    /// <param name="values">The new values in row-major order, as many as <see cref="Length"/> says.</param>
    /// <exception cref="ArgumentException">There are more or fewer values.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void SetValues(ReadOnlySpan<float> values)
    {
        if (values.Length != Length)
        {
            throw new ArgumentException($"{this} has {Length} values; {values.Length} were given.", nameof(values));
        }

        values.CopyTo(ValuesToWrite);
        model.Execution.OnParametersChanged();
    }

    /// <summary>Copies all values.</summary>
    /// <param name="destination">Receives the values in row-major order.</param>
    /// <exception cref="ArgumentException">There is less room than <see cref="Length"/> says.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void CopyTo(Span<float> destination) => ValuesToRead.CopyTo(destination);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
