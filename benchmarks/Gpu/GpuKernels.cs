using System;
using System.Collections.Generic;
using ModelGen.Benchmarks.Works;
using ModelGen.Entries;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>Typical kernels that are bound by memory.</summary>
internal static class GpuKernels
{
    public const int Row = 1024;

    /// <summary>The kernels that work on rows, by PyTorch's names for them.</summary>
    public static IReadOnlyDictionary<string, Entry> OfRows { get; } = new Dictionary<string, Entry>
    {
        ["gelu"] = GeluRows.Entries.Forward,
        ["softmax"] = SoftmaxRows.Entries.Forward,
        ["layernorm"] = LayerNormRows.Entries.Forward,
    };
}

/// <summary>A call whose input, output and parameters lie on the device: nothing but its kernel.</summary>
internal sealed class GpuCallOnDevice : IDisposable
{
    private readonly GpuFrame frame;
    private readonly Entry entry;
    private readonly int[] sizes;
    private readonly GpuMemory input;
    private readonly GpuMemory output;
    private readonly GpuMemory parameters;

    public GpuCallOnDevice(GpuAccelerator accelerator, Entry entry, int rows)
    {
        (frame, this.entry, sizes) = (new GpuFrame(accelerator), entry, [rows]);
        float[] values = new float[rows * GpuKernels.Row];
        var random = new Random(1);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle();
        }

        input = accelerator.Allocate(values.Length);
        output = accelerator.Allocate(values.Length);
        parameters = accelerator.Allocate(2 * GpuKernels.Row);
        input.Upload(values);
        parameters.Clear();
    }

    public void Run()
    {
        frame.Begin(entry, sizes, parameters, null);
        frame.SetInput(0, input);
        frame.SetOutput(0, output);
        frame.Run(entry.RunOnGpu!);
        frame.End();
    }

    public void Dispose()
    {
        frame.Release();
        input.Dispose();
        output.Dispose();
        parameters.Dispose();
    }
}
