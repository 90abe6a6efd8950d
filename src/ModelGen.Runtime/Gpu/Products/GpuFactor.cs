using ILGPU;

namespace ModelGen.Gpu;

/// <summary>One factor of a batch of products, as kernels see it: lines of <see cref="Depth"/> numbers, which are rows of the left factor or columns of the right one.</summary>
/// <typeparam name="TLayout">How it lies in memory.</typeparam>
/// <typeparam name="TPrologue">How its numbers come from those in memory.</typeparam>
internal readonly struct GpuFactor<TLayout, TPrologue>(TPrologue prologue, ArrayView<float> values, int lines, int depth) : IGpuFactor
    where TLayout : struct, IGpuLayout
    where TPrologue : struct, IGpuPrologue
{
    // The buffer first and the struct of others last: see GpuLayout.
    private readonly ArrayView<float> values = values;
    private readonly int lines = lines;
    private readonly int depth = depth;
    private readonly TPrologue prologue = prologue;

    public static bool IsAlongDepth => TLayout.IsAlongDepth;

    public int Lines => lines;

    public int Depth => depth;

    public Strip4 Read(int batch, int line, int k, int end) => TLayout.Read(values, batch * Lines * Depth, line, k, Lines, Depth, end);

    public float At(int batch, int line, int k) =>
        Apply(batch, line, k, values[(batch * Lines * Depth) + (TLayout.IsAlongDepth ? (line * Depth) + k : (k * Lines) + line)]);

    public float Apply(int batch, int line, int k, float value) => TLayout.IsAlongDepth
        ? prologue.Read((batch * Lines) + line, k, value)
        : prologue.Read((batch * Depth) + k, line, value);
}
