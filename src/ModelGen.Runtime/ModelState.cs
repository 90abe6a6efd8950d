using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The base of the class <c>State</c> of a model with <see cref="StateAttribute"/> properties: what one call leaves to the next.</summary>
/// <remarks>
/// The model itself never changes when it is called: any number of states go on at once, one call at a time each. A call writes to memory of its own, which takes
/// the place of the state's once the call has succeeded; so a call that fails leaves the state as it was. States lie on the model's device, and are copied to the host
/// and back only where the program looks at them between two calls. They are not saved with the parameters.
/// </remarks>
public abstract class ModelState
{
    private readonly Model model;
    private readonly ImmutableArray<int> sizes;
    private readonly StateMemory[] values;
    private readonly StateMemory[] following;
    private int inUse;

    /// <summary>Initializes a new instance of the <see cref="ModelState"/> class with zeros.</summary>
    /// <param name="model">The model, which has states.</param>
    /// <param name="sizes">The sizes of the dimensions of its states, in the order of <see cref="StateDescription.Dimensions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    /// <exception cref="DeviceMemoryException">The model's device has not enough memory.</exception>
    protected ModelState(Model model, params ReadOnlySpan<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelExecution execution = model.Execution;
        this.model = model;
        this.sizes = [.. sizes];
        for (int i = 0; i < sizes.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(sizes[i], Description.Dimensions[i]);
        }

        values = NewValues(execution);
        following = NewValues(execution);
    }

    /// <summary>Initializes a new instance of the <see cref="ModelState"/> class with the values of another.</summary>
    /// <param name="other">The state that is copied.</param>
    /// <exception cref="InvalidOperationException">A call is using it.</exception>
    /// <exception cref="DeviceMemoryException">The model's device has not enough memory.</exception>
    protected ModelState(ModelState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (model, sizes) = (other.model, other.sizes);
        using Use use = other.Begin();
        values = [.. other.values.Select(memory => memory.Another())];
        following = [.. values.Select(memory => memory.Another())];
        for (int i = 0; i < values.Length; i++)
        {
            other.values[i].CopyTo(values[i]);
        }
    }

    private StateDescription Description => model.Description.States!;

    /// <summary>Makes all values zero, as in a new state.</summary>
    /// <exception cref="InvalidOperationException">A call is using the state.</exception>
    public void Reset()
    {
        using Use use = Begin();
        for (int i = 0; i < values.Length; i++)
        {
            values[i].Clear();
        }
    }

    /// <summary>The values of one of the states in row-major order, copied from the device where they lie there. A call with this state moves them to other memory.</summary>
    /// <param name="index">Its index in <see cref="StateDescription.Values"/>.</param>
    /// <returns>The values, to be read and written until the next call, which takes them to its device.</returns>
    /// <exception cref="DeviceLostException">The device has been lost, and the values with it.</exception>
    protected Span<float> SpanOf(int index) => All(values[index].Share());

    /// <summary>Claims the state for a call or a change, until what it returns is disposed.</summary>
    /// <exception cref="InvalidOperationException">It is claimed already.</exception>
    internal Use Begin() => Interlocked.Exchange(ref inUse, 1) == 0
        ? new Use(this)
        : throw new InvalidOperationException("Another call is using this state: give each call that runs at the same time a state of its own, which NewState or Clone makes.");

    /// <summary>Compares the state with the model that is called and with the sizes of the call.</summary>
    internal void Check(Model called, Entry entry, ReadOnlySpan<int> callSizes)
    {
        CheckModel(called);
        for (int i = 0; i < sizes.Length; i++)
        {
            int index = entry.Dimensions.IndexOf(Description.Dimensions[i]);
            if (index >= 0 && callSizes[index] != sizes[i])
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Name}: the state was made for {Description.Dimensions[i]} = {sizes[i]}, but this call has {Description.Dimensions[i]} = {callSizes[index]}; make a state for that with NewState."));
            }
        }
    }

    /// <exception cref="ArgumentException">The state belongs to another model.</exception>
    internal void CheckModel(Model called)
    {
        if (called != model)
        {
            throw new ArgumentException($"The state belongs to another {model.Description.Name}: use one that the called model's NewState has made.");
        }
    }

    /// <summary>Adds the states of an entry behind the caller's own inputs and outputs, by their places in the host's memory.</summary>
    internal void AddTo(ref EntryArguments arguments, Entry entry)
    {
        foreach (int index in entry.States)
        {
            arguments.Input(All(values[index].Place));
            arguments.Output(All(following[index].Place));
        }
    }

    /// <summary>What a call begins with.</summary>
    internal StateMemory ValuesOf(int index) => values[index];

    /// <summary>Where a call leaves the values that the next one begins with.</summary>
    internal StateMemory FollowingOf(int index) => following[index];

    /// <summary>What a call has written are the values now.</summary>
    internal void Advance(Entry entry)
    {
        foreach (int index in entry.States)
        {
            (values[index], following[index]) = (following[index], values[index]);
        }
    }

    /// <summary>A state's values by its name, for the eager reading.</summary>
    internal Span<float> SpanOf(string name) => SpanOf(IndexOf(name));

    /// <summary>A state's shape by its name.</summary>
    internal int[] ShapeOf(string name)
    {
        ImmutableArray<Dimension> dimensions = Description.Values[IndexOf(name)].Dimensions;
        int[] shape = new int[dimensions.Length];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = dimensions[axis].Evaluate(Description.Dimensions, sizes.AsSpan());
        }

        return shape;
    }

    private int IndexOf(string name)
    {
        int index = 0;
        while (Description.Values[index].Name != name) index++;
        return index;
    }

    private StateMemory[] NewValues(ModelExecution execution) =>
        [.. Description.Values.Select(value => execution.NewState(value.Count(Description.Dimensions, sizes.AsSpan())))];

    private static Span<float> All(AlignedBuffer memory) => memory.Span(0, checked((int)memory.Length));

    /// <summary>The time in which a state is used.</summary>
    internal readonly struct Use(ModelState state) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref state.inUse, 0);
    }
}
