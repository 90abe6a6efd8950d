using System;

namespace ModelGen;

/// <summary>Finds the largest of some values one after the other, the first of equals first, without ordering the rest.</summary>
/// <remarks>
/// Heapsort (Williams 1964), stopped where the caller has enough. The heap stands at the end of <c>order</c>, its root last, so that what is taken lies at
/// the beginning: rank 0 is <c>order[0]</c>.
/// </remarks>
internal ref struct Ranking
{
    private readonly ReadOnlySpan<float> values;
    private readonly Span<int> order;
    private int left;

    /// <param name="values">The values, none of them NaN.</param>
    /// <param name="order">Receives the index of each, as many as there are values.</param>
    public Ranking(ReadOnlySpan<float> values, Span<int> order)
    {
        this.values = values;
        this.order = order;
        left = values.Length;
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (int parent = (left / 2) - 1; parent >= 0; parent--)
        {
            Sink(parent);
        }
    }

    /// <summary>Gets how many indices at the beginning are in their order.</summary>
    public readonly int Taken => order.Length - left;

    /// <summary>Takes the largest of those that are left.</summary>
    public void Take()
    {
        Swap(0, left - 1);
        left--;
        Sink(0);
    }

    /// <summary>Takes the largest, and those that equal the last of them.</summary>
    /// <param name="count">Their number, at least 1 and at most that of all.</param>
    public void TakeWithEquals(int count)
    {
        while (Taken < count || (left > 0 && values[At(0)] == values[order[Taken - 1]]))
        {
            Take();
        }
    }

    private readonly void Sink(int parent)
    {
        for (int child = (2 * parent) + 1; child < left; child = (2 * parent) + 1)
        {
            if (child + 1 < left && IsBefore(child + 1, child))
            {
                child++;
            }

            if (!IsBefore(child, parent))
            {
                return;
            }

            Swap(child, parent);
            parent = child;
        }
    }

    private readonly bool IsBefore(int a, int b)
    {
        (int first, int second) = (At(a), At(b));
        return values[first] > values[second] || (values[first] == values[second] && first < second);
    }

    private readonly void Swap(int a, int b) => (At(a), At(b)) = (At(b), At(a));

    private readonly ref int At(int position) => ref order[order.Length - 1 - position];
}
