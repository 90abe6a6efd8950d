using System;

namespace ModelGen;

/// <summary>The base of what <c>model.Eager</c> returns: the user's own methods, run step by step on tensors with plain loops.</summary>
/// <remarks>The generated class has one method per method of the model: it enters and calls the user's.</remarks>
public abstract class EagerReading
{
    private readonly Model model;

    /// <summary>Initializes a new instance of the <see cref="EagerReading"/> class.</summary>
    /// <param name="model">The model whose parameters and seed are used.</param>
    /// <param name="mode">How to run its methods.</param>
    protected EagerReading(Model model, EagerMode mode)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        Mode = mode;
    }

    /// <summary>Gets how the methods are run.</summary>
    public EagerMode Mode { get; }

    /// <summary>Makes this reading's mode and seed those of all words and layers that the thread runs until the result is disposed.</summary>
    /// <returns>What ends it; a reading that was entered before continues then.</returns>
    protected EagerCall Enter() => new(new EagerContext(model.Seed, Mode));

    /// <summary>The same, and the states that the call uses begin with a caller's.</summary>
    /// <param name="state">A state of the model, which no other call may use meanwhile.</param>
    /// <returns>What ends it.</returns>
    /// <exception cref="ArgumentException">The state belongs to another model.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the state.</exception>
    protected EagerCall Enter(ModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.CheckModel(model);
        return new(new EagerContext(model.Seed, Mode, state));
    }
}
