using System;
using System.Globalization;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>What a device can do at most, measured: the ceilings that kernels are compared with.</summary>
/// <param name="Bandwidth">Bytes per second, read and written, of a copy within the device's memory.</param>
/// <param name="Operations">Operations per second of multiply-adds that touch no memory.</param>
/// <param name="Launch">Seconds between the starts of two kernels that do nothing.</param>
internal sealed record GpuCeilings(double Bandwidth, double Operations, double Launch)
{
    private const int Rounds = 5;
    private const int CopiedFloats = 1 << 26;

    public static GpuCeilings Measure(GpuAccelerator accelerator)
    {
        using GpuMemory source = accelerator.Allocate(CopiedFloats), destination = accelerator.Allocate(CopiedFloats);
        int groups = GpuGrid.OfElements(CopiedFloats, accelerator.Capabilities);
        source.Clear();
        double[] seconds = Turns.Medians(
            Rounds,
            Turns.On(accelerator, () => accelerator.Launch(GpuElements<Copy>.Kernel, groups, 1, GpuGrid.Threads, new(new(source.Floats, destination.Floats), CopiedFloats))),
            Turns.On(accelerator, () => source.CopyTo(destination)),
            Turns.On(accelerator, () => accelerator.Launch(MultiplyAdd.Kernel, MultiplyAdd.Groups(accelerator), 1, GpuGrid.Threads, new(0.5f, 0.25f, destination.Floats))),
            Turns.On(accelerator, () => accelerator.Launch(GpuElements<Copy>.Kernel, 1, 1, GpuGrid.Threads, new(new(source.Floats, destination.Floats), 0))));
        double copied = 2d * sizeof(float) * CopiedFloats;
        return new(copied / Math.Min(seconds[0], seconds[1]), MultiplyAdd.Operations(accelerator) / seconds[2], seconds[3]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"ceilings: copy {1e-9 * Bandwidth:F1} GB/s, multiply-add {1e-9 * Operations:F1} GFLOPS, a launch {1e6 * Launch:F1} µs");

    private readonly struct Copy(GpuBuffer<float> source, GpuBuffer<float> destination) : IGpuElementKernel
    {
        private readonly GpuBuffer<float> source = source;
        private readonly GpuBuffer<float> destination = destination;

        public void Run(int index) => destination[index] = source[index];
    }
}
