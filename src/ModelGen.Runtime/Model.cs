using System;
using System.Threading;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A network: its parameters and the code that the build made of the user's methods.</summary>
/// <remarks>
/// Inference may run on any number of threads at once: calls share the parameters and nothing else. Training and loading change the
/// parameters, so there is one of them at a time; a second one is an <see cref="InvalidOperationException"/>.
/// </remarks>
public abstract partial class Model : IDisposable
{
    private readonly ChangeGuard changes;
    private ModelExecution? execution;

    /// <summary>Initializes a new instance of the <see cref="Model"/> class with initial parameters.</summary>
    /// <param name="device">Where the kernels run.</param>
    /// <param name="description">What the build knows of the model.</param>
    /// <param name="seed">The key of all random numbers: initial parameters and dropout.</param>
    protected Model(Device device, ModelDescription description, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(description);
        Device = device;
        Description = description;
        Seed = seed;
        changes = new ChangeGuard(description.Name);
        execution = ModelExecution.Create(device, description, seed);
        Parameters = new ParameterCollection(ParameterLayout.Expand(this, description));
        Initialization.Fill(this);
    }

    /// <summary>Gets where the kernels run.</summary>
    public Device Device { get; }

    /// <summary>Gets what the build knows of the model.</summary>
    public ModelDescription Description { get; }

    /// <summary>Gets the key of all random numbers.</summary>
    public ulong Seed { get; }

    /// <summary>Gets the parameters.</summary>
    public ParameterCollection Parameters { get; }

    /// <summary>Gets where the numbers lie and the entries run.</summary>
    internal ModelExecution Execution => execution ?? throw Disposed();

    /// <summary>Gives up the parameters, gradients, optimizer states and workspaces. Calls that are running end normally.</summary>
    /// <exception cref="InvalidOperationException">A handler of <see cref="Device.KernelsCompiling"/> disposes of the model that is being called.</exception>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up the memory.</summary>
    /// <param name="disposing">Always true: there is nothing to finalise.</param>
    protected virtual void Dispose(bool disposing)
    {
        ModelExecution? current = Interlocked.Exchange(ref execution, null);
        try
        {
            current?.Dispose();
        }
        catch (InvalidOperationException)
        {
            // Refused in the middle of a call, which still needs it.
            execution = current;
            throw;
        }

        Interlocked.Exchange(ref training, null)?.Dispose();
    }

    /// <summary>Runs an entry on the caller's memory. Nothing is allocated on the managed heap once the first calls have made their workspaces.</summary>
    /// <param name="entry">One of the description's entries.</param>
    /// <param name="arguments">Sizes, inputs and outputs in the entry's order.</param>
    /// <exception cref="ArgumentException">A number of arguments, a type or a length differs from what the entry expects.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    protected internal void Run(Entry entry, scoped in EntryArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(entry);
        arguments.Check(entry);
        ModelExecution current = Execution;
        if (!arguments.IsEmpty())
        {
            current.Run(entry, in arguments, null);
        }
    }

    /// <summary>Runs an entry from a state on, which then holds what the next call begins with. Where there is nothing to compute, it stays as it is.</summary>
    /// <param name="entry">An entry of the model with <see cref="Entry.States"/>.</param>
    /// <param name="arguments">Sizes, and the inputs and outputs without those for the states, in the entry's order.</param>
    /// <param name="state">The state. A call that fails leaves it as it was.</param>
    /// <exception cref="ArgumentException">The state belongs to another model or was made for other sizes; or a number of arguments, a type or a length
    /// differs from what the entry expects.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the state.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    protected internal void Run(Entry entry, scoped in EntryArguments arguments, ModelState state)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(state);
        ModelExecution current = Execution;
        state.Check(this, entry, arguments.Sizes);
        using ModelState.Use use = state.Begin();
        EntryArguments all = arguments;
        state.AddTo(ref all, entry);
        all.Check(entry);
        if (!arguments.IsEmpty())
        {
            current.Run(entry, in all, state);
            state.Advance(entry);
        }
    }

    /// <summary>Claims the parameters to change them.</summary>
    private ChangeScope BeginChange()
    {
        _ = Execution;
        training?.DemandParameters("parameters change");
        return changes.Begin();
    }

    /// <summary>Claims the parameters to read them as a whole.</summary>
    private ChangeScope HoldStill()
    {
        _ = Execution;
        return changes.BeginOrJoin();
    }

    private ObjectDisposedException Disposed() => new(GetType().Name);
}
