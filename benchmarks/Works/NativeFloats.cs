using System;
using System.Runtime.InteropServices;
using ModelGen.Cpu;

namespace ModelGen.Benchmarks.Works;

/// <summary>Floats that do not move, filled with numbers in [−1, 1).</summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private readonly float* memory;

    public NativeFloats(int length)
    {
        memory = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        var stream = new RandomStream(1, 0, (uint)length, 0);
        for (int i = 0; i < length; i++)
        {
            memory[i] = (2f * stream.Uniform((uint)i)) - 1f;
        }
    }

    public Buffer<float> Buffer => new(memory);

    public void Dispose() => NativeMemory.AlignedFree(memory);
}
