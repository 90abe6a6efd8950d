using System;
using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The address of values that do not move while a kernel runs: a part of an arena, of the parameters, or of a pinned span.</summary>
/// <remarks>
/// Kernels receive buffers instead of spans because several threads share them. There is no bounds check: the entry that
/// starts the kernels has checked every length against the shapes that the build derived.
/// </remarks>
/// <typeparam name="T">The element type.</typeparam>
public readonly unsafe struct Buffer<T>
    where T : unmanaged
{
    private readonly T* start;

    /// <summary>Wraps an address that stays valid and in place while the buffer is used.</summary>
    /// <param name="start">The first element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Buffer(T* start) => this.start = start;

    /// <summary>Gets the address of the first element.</summary>
    public T* Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => start;
    }

    /// <summary>Gets the element at an index, which is not checked.</summary>
    /// <param name="index">The element's index.</param>
    public ref T this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref start[index];
    }

    /// <summary>Gets a value indicating whether there is no memory.</summary>
    internal bool IsEmpty => start is null;

    /// <summary>The buffer that starts a number of elements further on.</summary>
    /// <param name="offset">The number of elements.</param>
    /// <returns>The same memory from there on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Buffer<T> At(nint offset) => new(start + offset);

    /// <summary>Gets the same memory as integers.</summary>
    public Buffer<int> Ints
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new((int*)start);
    }

    /// <summary>Gets the same memory as floats.</summary>
    public Buffer<float> Floats
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new((float*)start);
    }

    /// <summary>The first values as a span.</summary>
    /// <param name="length">The number of elements.</param>
    /// <returns>A span over the same memory.</returns>
    public Span<T> Span(int length) => new(start, length);
}
