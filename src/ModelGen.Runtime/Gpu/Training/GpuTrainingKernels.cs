using System.Collections.Generic;

namespace ModelGen.Gpu;

/// <summary>The kernels that training on a device adds to those of the losses, but for optimizers of users: for checks without a device.</summary>
internal static class GpuTrainingKernels
{
    public static IReadOnlyList<GpuKernel> All { get; } =
    [
        GpuUpdate<AdamRule>.Kernel,
        GpuUpdate<Sgd.Plain>.Kernel,
        GpuUpdate<Sgd.WithMomentum>.Kernel,
        GpuUpdate<RmsProp.Plain>.Kernel,
        GpuUpdate<RmsProp.WithMomentum>.Kernel,
        GpuUpdate<RmsProp.CenteredRule>.Kernel,
        GpuUpdate<Adagrad.Rule>.Kernel,
        GpuUpdate<Lion.Rule>.Kernel,
        .. GpuLayerwise.Kernels<Lamb.Rule>(),
        GpuUpdate<WeightedSum>.Kernel,
        GpuUpdate<Exchanged>.Kernel,
        .. GpuNorm.Kernels,
    ];
}
