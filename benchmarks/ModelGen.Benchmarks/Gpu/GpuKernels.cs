using System;
using System.Collections.Generic;
using ModelGen.Entries;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>An elementwise kernel.</summary>
[Model]
public sealed partial class GeluElements
{
    [Forward]
    private Tensor Predict([Shape("rows", 1024)] Tensor x) => Functional.Gelu(x);
}

/// <summary>A kernel that reads each row twice.</summary>
[Model]
public sealed partial class SoftmaxRows
{
    [Forward]
    private Tensor Predict([Shape("rows", 1024)] Tensor x) => Functional.Softmax(x);
}

/// <summary>A kernel with two sums in each row.</summary>
[Model]
public sealed partial class LayerNormRows
{
    [LayerNorm]
    private partial Tensor Norm(Tensor x);

    [Forward]
    private Tensor Predict([Shape("rows", 1024)] Tensor x) => Norm(x);
}

/// <summary>Parameters to update, ten million of them.</summary>
[Model, Input("batch", 3124)]
[Dense(3200)]
[Mse]
public sealed partial class TenMillion;

/// <summary>Typical kernels that are bound by memory.</summary>
internal static class GpuKernels
{
    public const int Row = 1024;

    /// <summary>The kernels that work on rows, by PyTorch's names for them.</summary>
    public static IReadOnlyDictionary<string, Entry> OfRows { get; } = new Dictionary<string, Entry>
    {
        ["gelu"] = GeluElements.Entries.Predict,
        ["softmax"] = SoftmaxRows.Entries.Predict,
        ["layernorm"] = LayerNormRows.Entries.Predict,
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
