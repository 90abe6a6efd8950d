using System;
using System.Diagnostics.CodeAnalysis;
using ModelGen.Entries;

namespace ModelGen.Gpu;

/// <summary>The workspace of one call of an entry on a device: where its values lie, and what starts its kernels.</summary>
/// <remarks>Kernels run one after another, in the order in which they are started; starting one does not wait for it.</remarks>
public sealed partial class GpuFrame
{
    /// <summary>Gets the model's parameters, as one flat buffer.</summary>
    public GpuBuffer<float> Parameters { get; internal set; }

    /// <summary>Gets where a training entry leaves the gradients, laid out like the parameters.</summary>
    public GpuBuffer<float> Gradients { get; internal set; }

    /// <summary>Gets the model's seed: the first key of all random numbers.</summary>
    public ulong Seed { get; internal set; }

    /// <summary>Gets the number of training calls before this one: the second key of all random numbers.</summary>
    public uint Step { get; internal set; }

    /// <summary>Gets a value indicating whether kernels' outputs are to be passed to <see cref="Check"/>.</summary>
    public bool Checking { get; internal set; }

    /// <summary>The size of an open dimension.</summary>
    /// <param name="index">Its index in <see cref="Entry.Dimensions"/>.</param>
    /// <returns>The size.</returns>
    public int Dimension(int index) => dimensions[index];

    /// <summary>An input's values.</summary>
    /// <param name="index">Its index in <see cref="Entry.Inputs"/>.</param>
    /// <returns>The device's copy of the caller's memory.</returns>
    public GpuBuffer<float> Input(int index) => Upload(index).Floats;

    /// <summary>The values of an input of integers.</summary>
    /// <param name="index">Its index in <see cref="Entry.Inputs"/>.</param>
    /// <returns>The device's copy of the caller's memory.</returns>
    public GpuBuffer<int> IntInput(int index) => Upload(index).Ints;

    /// <summary>Where an output's values go.</summary>
    /// <param name="index">Its index in <see cref="Entry.Outputs"/>.</param>
    /// <returns>The device's memory that is copied to the caller's.</returns>
    public GpuBuffer<float> Output(int index) => Place(index);

    /// <summary>Where the values of an output of integers go.</summary>
    /// <param name="index">Its index in <see cref="Entry.Outputs"/>.</param>
    /// <returns>The device's memory that is copied to the caller's.</returns>
    public GpuBuffer<int> IntOutput(int index) => Place(index).Ints;

    /// <summary>The arena of this call, with undefined contents.</summary>
    /// <param name="length">The number of floats that the entry needs.</param>
    /// <returns>The arena.</returns>
    public GpuBuffer<float> Reserve(long length) => Grow(ref arena, length, "intermediate values");

    /// <summary>Memory that one kernel and what finishes it pass numbers in, with undefined contents; the next call gives the same memory.</summary>
    /// <param name="length">The number of floats.</param>
    /// <returns>The memory.</returns>
    public GpuBuffer<float> Scratch(long length) => Grow(ref scratch, length, "parts of reductions");

    /// <summary>Checks that an input of integers holds indices only, before anything is copied.</summary>
    /// <param name="input">The input's index in <see cref="Entry.Inputs"/>.</param>
    /// <param name="limit">The number of things that are indexed.</param>
    /// <param name="ignored">A value that stands for no index; null where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another value is negative, or <paramref name="limit"/> or more.</exception>
    public unsafe void CheckIndices(int input, int limit, int? ignored = null)
    {
        Argument argument = inputs[input];
        if (!IsRecording && argument.Host != 0)
        {
            HostChecks.Indices(Entry, input, new((int*)argument.Host), argument.Count, limit, ignored);
        }
    }

    /// <summary>Checks what a slice needs of the open dimensions, so that it does not reach beyond its tensor.</summary>
    /// <param name="what">The slice, and what must not be negative.</param>
    /// <param name="value">Its value in this call.</param>
    /// <exception cref="ArgumentException">The value is negative.</exception>
    public void CheckSize(string what, long value) => HostChecks.Size(Name, what, value);

    /// <summary>While <see cref="Checking"/>: looks for the first value that is not finite.</summary>
    /// <param name="kernel">The kernel that has just written the values, in the words of the generated code.</param>
    /// <param name="values">The values.</param>
    /// <param name="count">Their number.</param>
    /// <exception cref="NonFiniteException">A value is NaN or infinite.</exception>
    public void Check(string kernel, GpuBuffer<float> values, long count)
    {
        if (Checking && !IsRecording)
        {
            Search(kernel, values, count);
        }
    }

    /// <summary>Runs a kernel over elements.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="count">The number of elements.</param>
    public void Elements<TKernel>(in TKernel kernel, long count)
        where TKernel : struct, IGpuElementKernel
    {
        if (count > 0)
        {
            int elements = GpuGrid.Checked(count, Name);
            Launch(GpuElements<TKernel>.Kernel, GpuGrid.OfElements(elements, Capabilities), 1, GpuGrid.Threads, new(kernel, elements));
        }
    }

    /// <summary>The number of parts that rows are reduced in: how many blocks <see cref="Rows{TKernel}(in TKernel, int, int, int, int)"/> has.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="lanes">The number of threads that work on a row together, a power of two up to 256.</param>
    /// <returns>The number of blocks; at least one.</returns>
    public int RowParts(int rows, int columns, int lanes)
    {
        GpuGrid.Checked((long)rows * columns, Name);
        return GpuGrid.PartsOfRows(rows, lanes, Capabilities);
    }

    /// <summary>Runs a kernel over rows.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="lanes">The number of threads that work on a row together, a power of two up to 256.</param>
    public void Rows<TKernel>(in TKernel kernel, int rows, int columns, int lanes)
        where TKernel : struct, IGpuRowKernel
    {
        GpuGrid.Checked((long)rows * columns, Name);
        Rows(kernel, rows, columns, lanes, GpuGrid.OfRows(rows, lanes, Capabilities));
    }

    /// <summary>Runs a kernel over rows that reduces over them, too.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="lanes">The number of threads that work on a row together, a power of two up to 256.</param>
    /// <param name="parts">What <see cref="RowParts"/> gave for the same rows.</param>
    [SuppressMessage("Style", "IDE0060", Justification = "The shape is complete, so that the launch can depend on it.")]
    public void Rows<TKernel>(in TKernel kernel, int rows, int columns, int lanes, int parts)
        where TKernel : struct, IGpuRowKernel =>
        Launch(GpuRows<TKernel>.For(Capabilities), parts, 1, GpuGrid.Threads, new(kernel, rows, lanes));

    /// <summary>Finishes reductions over rows, whose parts the kernel before has left.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="sums">The reductions.</param>
    public void Finish(int parts, params ReadOnlySpan<GpuSum> sums)
    {
        for (int first = 0; first < sums.Length; first += GpuFinish.MostSums)
        {
            FinishSome(parts, sums[first..Math.Min(first + GpuFinish.MostSums, sums.Length)]);
        }
    }
}
