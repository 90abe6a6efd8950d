extern alias Runtime;

using System;
using System.Linq;
using ModelGen.Schedule;
using Runtime::ModelGen.Gpu;

namespace ModelGen.Tests.Documentation;

/// <summary>A device by its data sheet, and what is assumed of kernels on it.</summary>
/// <param name="Bandwidth">Bytes per second between the device's memory and its multiprocessors.</param>
/// <param name="Peak">Operations per second on numbers of 32 bits, outside of tensor cores; a multiply-add is two.</param>
internal sealed record PaperDevice(string Name, double Bandwidth, double Peak, int Multiprocessors)
{
    /// <summary>The parts of the ceilings that well-made kernels reach, and the seconds that starting one takes: assumed, not measured.</summary>
    public const double OfBandwidth = 0.8, OfPeak = 0.6, SecondsPerLaunch = 4e-6;

    public static PaperDevice A100 { get; } = new("A100", 1.555e12, 19.5e12, 108);

    public static PaperDevice H100 { get; } = new("H100", 3.35e12, 66.9e12, 132);

    private GpuCapabilities Capabilities => GpuCapabilities.Cuda with { Multiprocessors = Multiprocessors };

    /// <summary>The seconds that a kernel takes at least.</summary>
    public double Floor(KernelCost cost) => Math.Max(cost.Bytes / Bandwidth, cost.Operations / Peak);

    /// <summary>The seconds that it is predicted to take.</summary>
    public double Predict(Kernel? kernel, KernelCost cost, Func<string, long> size) => (SecondsPerLaunch * Launches(kernel, size))
        + Math.Max(cost.Bytes / Bandwidth / OfBandwidth, cost.Operations / Peak / OfPeak / Busy(kernel, size));

    /// <summary>One, one more for a product whose sums are split, and one for each four reductions over rows.</summary>
    public int Launches(Kernel? kernel, Func<string, long> size) => kernel switch
    {
        ProductKernel product => 1 + (Plan(product, size).Splits > 1 ? 1 : 0) + Finishes(product.Sums.Count),
        RowKernel rows => 1 + Finishes(rows.Sums.Count),
        _ => 1,
    };

    private static int Finishes(int sums) => (sums + GpuFinish.MostSums - 1) / GpuFinish.MostSums;

    /// <summary>The part of the multiprocessors that a product's tiles keep busy.</summary>
    private double Busy(Kernel? kernel, Func<string, long> size)
    {
        int tiles = kernel is ProductKernel product ? Plan(product, size).Tiles : Multiprocessors;
        return tiles / (double)(Multiprocessors * ((tiles + Multiprocessors - 1) / Multiprocessors));
    }

    private GpuProductPlan Plan(ProductKernel product, Func<string, long> size)
    {
        int[] shape = [.. new[] { product.Batch, product.M, product.N, product.K }.Select(dim => (int)dim.Evaluate(size))];
        return GpuProductPlan.Of(shape[0], shape[1], shape[2], shape[3], Capabilities);
    }
}
