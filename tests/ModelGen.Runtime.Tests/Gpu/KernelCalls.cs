using ModelGen.Entries;
using ModelGen.Gpu;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Entries of a few kernels, and calls of them on arrays.</summary>
internal static class KernelCalls
{
    /// <summary>An entry <c>x [n] → y [m]</c> over open dimensions of any number.</summary>
    public static Entry Entry(string name, string[] dimensions, TensorDescription[] inputs, TensorDescription[] outputs) => new()
    {
        Name = name,
        Kind = EntryKind.Forward,
        Dimensions = [.. dimensions],
        Inputs = [.. inputs],
        Outputs = [.. outputs],
        Run = static _ => { },
    };

    /// <summary>Runs code on one input and gives its one output.</summary>
    public static float[] Run(GpuAccelerator accelerator, float[] x, int outputs, GpuEntryCode code)
    {
        Entry entry = Entry("Test", ["n", "m"], [Describe.Floats("x", "n")], [Describe.Floats("y", "m")]);
        float[] y = new float[outputs];
        using GpuMemory none = accelerator.Allocate(0);
        var frame = new GpuFrame(accelerator);
        frame.Begin(entry, [x.Length, outputs], none, null);
        Run(frame, code, x, y);
        frame.End();
        frame.Release();
        return y;
    }

    /// <summary>Runs code on a frame that has begun, with one input and one output.</summary>
    public static unsafe void Run(GpuFrame frame, GpuEntryCode code, float[] x, float[] y)
    {
        fixed (float* input = x, output = y)
        {
            frame.SetInput(0, input);
            frame.SetOutput(0, output);
            frame.Run(code);
        }
    }
}
