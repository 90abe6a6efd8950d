using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Says which lanes of a vector a step of a loop works on: all of them, or the first few at the end of a row.</summary>
public interface ILanes
{
    /// <summary>Gets the number of lanes that hold elements, for vectors of type <typeparamref name="V"/>.</summary>
    /// <typeparam name="V">The vector.</typeparam>
    /// <returns>At least 1, at most the vector's own number of lanes.</returns>
    int Count<V>()
        where V : struct, ISimd<V>;
}

/// <summary>Every lane holds an element: loads and stores need no mask.</summary>
public readonly struct AllLanes : ILanes
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count<V>()
        where V : struct, ISimd<V> => V.Count;
}

/// <summary>Only the first lanes hold elements: the end of a row.</summary>
public readonly struct FirstLanes : ILanes
{
    private readonly int count;

    /// <summary>Takes the number of lanes in use.</summary>
    /// <param name="count">From 0 to the number of lanes of the vectors that it will be used with.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FirstLanes(int count) => this.count = count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count<V>()
        where V : struct, ISimd<V> => count;
}
