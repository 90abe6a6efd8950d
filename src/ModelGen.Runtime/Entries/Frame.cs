using System;
using ModelGen.Cpu;

namespace ModelGen.Entries;

/// <summary>The workspace of one call of an entry. A model keeps a pool of them, so that concurrent calls share nothing.</summary>
public sealed class Frame
{
    internal const int MaxTensors = 8;
    internal const int MaxDimensions = 8;

    private readonly int[] dimensions = new int[MaxDimensions];
    private readonly nint[] inputs = new nint[MaxTensors];
    private readonly nint[] outputs = new nint[MaxTensors];
    private AlignedBuffer arena = new(0);
    private AlignedBuffer scratch = new(0);
    private AlignedBuffer? parameters;
    private AlignedBuffer? gradients;

    internal Frame()
    {
    }

    /// <summary>Gets the model's parameters, as one flat buffer.</summary>
    public Buffer<float> Parameters => parameters!.Floats;

    /// <summary>Gets where a training entry leaves the gradients, laid out like the parameters.</summary>
    public Buffer<float> Gradients => gradients!.Floats;

    /// <summary>Gets the model's seed: the first key of all random numbers.</summary>
    public ulong Seed { get; internal set; }

    /// <summary>Gets the number of training calls before this one: the second key of all random numbers.</summary>
    public uint Step { get; internal set; }

    /// <summary>Gets the number of threads that kernels may use.</summary>
    public int Threads { get; internal set; }

    /// <summary>Gets a value indicating whether kernels' outputs are to be passed to <see cref="Check"/>.</summary>
    public bool Checking { get; internal set; }

    /// <summary>Gets or sets the parameters that are packed once for all calls; null where they may change from call to call.</summary>
    internal ConstantFactors? ConstantFactors { get; set; }

    internal Entry Entry { get; private set; } = null!;

    /// <summary>Gets the loss that made the model repeat a step with <see cref="Checking"/>.</summary>
    internal float SuspectLoss { get; set; }

    /// <summary>Gets what was not finite before the first kernel, as a sentence; empty for nothing.</summary>
    internal string SuspectCause { get; set; } = string.Empty;

    internal ReadOnlySpan<int> Dimensions => dimensions.AsSpan(0, Entry.Dimensions.Length);

    /// <summary>The size of an open dimension.</summary>
    /// <param name="index">Its index in <see cref="Entry.Dimensions"/>.</param>
    /// <returns>The size.</returns>
    public int Dimension(int index) => dimensions[index];

    /// <summary>An input's values.</summary>
    /// <param name="index">Its index in <see cref="Entry.Inputs"/>.</param>
    /// <returns>The caller's memory.</returns>
    public unsafe Buffer<float> Input(int index) => new((float*)inputs[index]);

    /// <summary>The values of an input of integers.</summary>
    /// <param name="index">Its index in <see cref="Entry.Inputs"/>.</param>
    /// <returns>The caller's memory.</returns>
    public unsafe Buffer<int> IntInput(int index) => new((int*)inputs[index]);

    /// <summary>Where an output's values go.</summary>
    /// <param name="index">Its index in <see cref="Entry.Outputs"/>.</param>
    /// <returns>The caller's memory.</returns>
    public unsafe Buffer<float> Output(int index) => new((float*)outputs[index]);

    /// <summary>Where the values of an output of integers go.</summary>
    /// <param name="index">Its index in <see cref="Entry.Outputs"/>.</param>
    /// <returns>The caller's memory.</returns>
    public unsafe Buffer<int> IntOutput(int index) => new((int*)outputs[index]);

    /// <summary>The arena of this call: aligned to 64 bytes, with undefined contents.</summary>
    /// <remarks>An entry calls this once, before its first kernel: a second call may return other memory and give up the first.</remarks>
    /// <param name="length">The number of floats that the entry needs.</param>
    /// <returns>The arena.</returns>
    public Buffer<float> Reserve(long length)
    {
        if (length > arena.Length)
        {
            arena = new AlignedBuffer(length);
        }

        return arena.Floats;
    }

    /// <summary>While <see cref="Checking"/>: looks for the first value that is not finite.</summary>
    /// <param name="kernel">The kernel that has just written the values, in the words of the generated code.</param>
    /// <param name="values">The values.</param>
    /// <param name="count">Their number.</param>
    /// <exception cref="NonFiniteException">A value is NaN or infinite.</exception>
    public void Check(string kernel, Buffer<float> values, long count)
    {
        if (Checking)
        {
            Search(kernel, values, count);
        }
    }

    /// <summary>Checks that an input of integers holds indices only.</summary>
    /// <param name="input">The input's index in <see cref="Entry.Inputs"/>.</param>
    /// <param name="limit">The number of things that are indexed.</param>
    /// <param name="ignored">A value that stands for no index; null where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another value is negative, or <paramref name="limit"/> or more.</exception>
    public void CheckIndices(int input, int limit, int? ignored = null) =>
        HostChecks.Indices(Entry, input, IntInput(input), Entry.Inputs[input].Count(Entry.Dimensions, Dimensions), limit, ignored);

    /// <summary>Checks what a slice needs of the open dimensions, so that it does not reach beyond its tensor.</summary>
    /// <param name="what">The slice, and what must not be negative.</param>
    /// <param name="value">Its value in this call.</param>
    /// <exception cref="ArgumentException">The value is negative.</exception>
    public void CheckSize(string what, long value) => HostChecks.Size(Entry.Name, what, value);

    /// <summary>Memory that one kernel keeps what it is working on in, with undefined contents; the next call gives the same memory.</summary>
    /// <param name="length">The number of floats.</param>
    /// <returns>The memory, aligned like <see cref="Reserve"/>'s.</returns>
    internal Buffer<float> Scratch(long length)
    {
        if (length > scratch.Length)
        {
            scratch = new AlignedBuffer(length);
        }

        return scratch.Floats;
    }

    internal void Begin(Entry entry, ReadOnlySpan<int> sizes, AlignedBuffer modelParameters, AlignedBuffer? modelGradients)
    {
        Entry = entry;
        sizes.CopyTo(dimensions);
        parameters = modelParameters;
        gradients = modelGradients;
        Checking = false;
    }

    /// <summary>Forgets the model's memory, so that a frame in the pool keeps nothing alive.</summary>
    internal void End()
    {
        parameters = gradients = null;
        ConstantFactors = null;
    }

    internal unsafe void SetInput(int index, void* start) => inputs[index] = (nint)start;

    internal unsafe void SetOutput(int index, void* start) => outputs[index] = (nint)start;

    private void Search(string kernel, Buffer<float> values, long count)
    {
        if (HostChecks.NotFinite(values, count) is nint found)
        {
            throw NonFiniteException.InKernel(SuspectLoss, Step + 1L, SuspectCause, kernel, found, values[found]);
        }
    }
}
