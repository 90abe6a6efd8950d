using System;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Values in a device's memory: what <see cref="Cpu.Buffer{T}"/> is for processors.</summary>
/// <remarks>Kernels hold it in their fields. The host may take parts of it, but reads and writes elements only in kernels.</remarks>
/// <typeparam name="T">The element type.</typeparam>
public readonly struct GpuBuffer<T>
    where T : unmanaged
{
    private readonly ArrayView<T> view;

    internal GpuBuffer(ArrayView<T> view) => this.view = view;

    internal ArrayView<T> View => view;

    /// <summary>Gets a value indicating whether there is no memory: nobody needs what would be there, or kernels are only listed.</summary>
    internal bool IsEmpty => !view.IsValid;

    /// <summary>Gets where the buffer begins in its memory; for the host.</summary>
    internal long Start => StartOf(view);

    /// <summary>Gets the same memory as integers; for the host.</summary>
    public GpuBuffer<int> Ints => new(view.IsValid ? view.Cast<int>() : new ArrayView<int>(null!, Start, 0));

    /// <summary>Gets the element at an index, in a kernel.</summary>
    /// <param name="index">The element's index, not negative: it is extended to an address without a sign.</param>
    public ref T this[int index] => ref view[index];

    /// <summary>The buffer that starts a number of elements further on; for the host.</summary>
    /// <remarks>Where a call's kernels are only listed, there is no memory, and every buffer is empty, but knows where it would begin.</remarks>
    /// <param name="offset">The number of elements.</param>
    /// <returns>The same memory from there on.</returns>
    public GpuBuffer<T> At(long offset)
    {
        if (!view.IsValid)
        {
            return new(new ArrayView<T>(null!, Start + offset, 0));
        }

        if (offset == view.Length)
        {
            return default;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, view.Length);
        return new(view.SubView(offset, view.Length - offset));
    }

    private static long StartOf<TView>(TView view)
        where TView : struct, IContiguousArrayView => view.Index;
}
