using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelGen.Benchmarks.Works;
using ModelGen.Entries;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>
/// A device against its own ceilings, against the processor and, where PyTorch is found, against it: kernels, products, training steps. All of it in
/// turns within one run, medians over the rounds.
/// </summary>
internal sealed class GpuComparison(TextWriter output, Device device, GpuAccelerator accelerator, GpuCeilings ceilings, PyTorch? peer)
{
    private const int Rounds = 5;
    private static readonly int[] Batches = [64, 256, 4096];

    /// <summary>Measures the device of <c>--device cuda|opencl [N]</c>; without that the best, or else OpenCL's first.</summary>
    public static void Print(TextWriter output, ReadOnlySpan<string> arguments)
    {
        Device device = Choose(arguments);
        GpuAccelerator accelerator = device.Accelerator ?? throw new ArgumentException("The processor has benchmarks of its own: peak and mlp.", nameof(arguments));
        DeviceInfo info = Device.List().First(info => device.Name.StartsWith($"{info.Kind} {info.Index},", StringComparison.OrdinalIgnoreCase));
        using PyTorch? peer = PyTorch.Start(WordOfPyTorch(info));
        output.WriteLine($"{device}; {peer?.Version ?? "no PyTorch for it here: python3 does not find torch, or torch not the device"}");
        GpuCeilings ceilings = GpuCeilings.Measure(accelerator);
        output.WriteLine(ceilings);
        var comparison = new GpuComparison(output, device, accelerator, ceilings, peer);
        comparison.PrintKernels(info.IsProcessor ? [8] : [8, 256]);
        comparison.PrintSteps();
        GpuGemm.Print(output, device);
    }

    private static Device Choose(ReadOnlySpan<string> arguments) => arguments switch
    {
        [] => Device.Best() is { Kind: not DeviceKind.Cpu } best ? best : Device.OpenCl(),
        ["--device", "cuda"] => Device.Cuda(),
        ["--device", "opencl"] => Device.OpenCl(),
        ["--device", "cuda", string index] => Device.Cuda(int.Parse(index, CultureInfo.InvariantCulture)),
        ["--device", "opencl", string index] => Device.OpenCl(int.Parse(index, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException("Say --device cuda or --device opencl, and its number if it is not the first."),
    };

    /// <summary>PyTorch knows graphics processors of all makers as cuda; which of several is the same one, only CUDA's numbers tell.</summary>
    private static string WordOfPyTorch(DeviceInfo info) =>
        info.IsProcessor ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"cuda:{(info.Kind == DeviceKind.Cuda ? info.Index : 0)}");

    private void PrintKernels(int[] sizes)
    {
        foreach (int megabytes in sizes)
        {
            int count = megabytes * (1 << 20) / sizeof(float);
            foreach ((string name, Entry entry) in GpuKernels.OfRows)
            {
                using var call = new GpuCallOnDevice(accelerator, entry, count / GpuKernels.Row);
                PrintKernel($"{name}, {megabytes} MB", name, count, 2, Turns.On(accelerator, call.Run));
            }
        }

        using var model = new TenMillion(device, seed: 1);
        Adam optimizer = new(1e-3f);
        int parameters = model.Parameters.Sum(parameter => parameter.Length);
        PrintKernel("adam, 10 million", "adam", parameters, 7, Turns.On(accelerator, () => model.Update(TenMillion.Entries.Loss, optimizer)));
    }

    /// <summary>A kernel that reads and writes so many numbers for each; the name is the one that PyTorch's script knows it by.</summary>
    private void PrintKernel(string title, string name, int count, int touched, Func<double> ours)
    {
        double[] seconds = InTurns(name, count, ours);
        double rate = (double)touched * sizeof(float) * count / seconds[0];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title,-18} {1e6 * seconds[0],9:F1} µs  {1e-9 * rate,7:F1} GB/s = {100 * rate / ceilings.Bandwidth,3:F0} % of the copy{Peer(seconds)}"));
    }

    private void PrintSteps()
    {
        foreach (int batch in Batches)
        {
            using MlpTraining onDevice = new(device, batch), onProcessor = new(Device.Cpu, batch);
            double[] seconds = InTurns("mlp", batch, Turns.Of(onDevice.Step, onDevice.Settle), Turns.Of(onProcessor.Step, onProcessor.Settle));
            double rate = Operations(batch) / seconds[0];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"MLP step, {batch,4}     {1e6 * seconds[0],9:F1} µs  {1e-9 * rate,7:F1} GFLOPS = {100 * rate / ceilings.Operations,3:F0} % of the peak  "
                + $"{Device.Cpu} {1e6 * seconds[1]:F1} µs: {seconds[0] / seconds[1]:F2} of it{Peer(seconds)}"));
        }
    }

    /// <summary>The products of a step: each layer forward, and back to its weights; the second also back to its input.</summary>
    private static double Operations(int batch) => 2d * batch * ((2 * 784 * 128) + (3 * 128 * 10));

    private double[] InTurns(string name, int size, params IEnumerable<Func<double>> ours) =>
        Turns.Medians(Rounds, [.. ours, .. peer is null ? [] : (Func<double>[])[() => peer.Seconds(name, size)]]);

    private string Peer(double[] seconds) => peer is null ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"  PyTorch {1e6 * seconds[^1]:F1} µs: {seconds[0] / seconds[^1]:F2} of it");
}
