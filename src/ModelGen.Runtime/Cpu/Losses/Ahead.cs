using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>Memory that is needed soon: the second-level cache is asked for a little of it before every tile, and it arrives while tiles are multiplied.</summary>
internal unsafe struct Ahead
{
    private const int MostParts = 2;
    private const int Line = 16;

    private Parts parts;
    private int count;
    private int tiles;

    /// <summary>Begins anew.</summary>
    /// <param name="tiles">How often <see cref="Fetch"/> will be called.</param>
    public void Begin(int tiles) => (this.tiles, count) = (int.Max(tiles, 1), 0);

    /// <summary>Adds memory; none where the buffer is empty.</summary>
    public void Add(Buffer<float> memory, nint length)
    {
        if (!memory.IsEmpty)
        {
            parts[count++] = new Part(memory.Start, memory.Start + length, ((length / tiles / Line) + 1) * Line);
        }
    }

    /// <summary>Asks for the next lines.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Fetch()
    {
        for (int part = 0; part < count; part++)
        {
            parts[part].Fetch();
        }
    }

    private struct Part(float* next, float* end, nint step)
    {
        private float* next = next;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Fetch()
        {
            if (Sse.IsSupported)
            {
                for (float* stop = next + step; next < stop && next < end; next += Line)
                {
                    Sse.Prefetch1(next);
                }
            }
        }
    }

    [InlineArray(MostParts)]
    private struct Parts
    {
        private Part first;
    }
}
