using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Memory that is needed soon: it is asked for in even shares, as far as <see cref="RightLines"/> can, while tiles are multiplied.</summary>
internal unsafe struct Ahead
{
    private const int MostParts = 2;

    private Parts parts;
    private int count;
    private int current;
    private long allSteps;
    private long floats;
    private nint floatsPerStep;

    /// <summary>Begins anew.</summary>
    /// <param name="steps">The steps of depth of all tiles that will be multiplied meanwhile.</param>
    public void Begin(long steps) => (allSteps, floats, floatsPerStep, count, current) = (long.Max(steps, 1), 0, 0, 0, 0);

    /// <summary>Adds memory; none where the buffer is empty.</summary>
    public void Add(Buffer<float> memory, nint length)
    {
        if (!memory.IsEmpty)
        {
            parts[count++] = new Part { Next = memory.Start, End = memory.Start + length };
            floats += length;
            floatsPerStep = (nint)((floats + allSteps - 1) / allSteps);
        }
    }

    /// <summary>The steps of a tile's right factor, which ask for its share.</summary>
    /// <param name="first">Step 0.</param>
    /// <param name="stride">The distance between steps.</param>
    /// <param name="depth">The number of steps.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RightLines Along(float* first, nint stride, int depth)
    {
        if (current == count)
        {
            return new(first, stride);
        }

        ref Part part = ref parts[current];
        RightLines right = new(first, stride, part.Next, floatsPerStep);
        part.Next += floatsPerStep * depth;
        current += part.Next >= part.End ? 1 : 0;
        return right;
    }

    private struct Part
    {
        internal float* Next;
        internal float* End;
    }

    [InlineArray(MostParts)]
    private struct Parts
    {
        private Part first;
    }
}
