using System;
using BenchmarkDotNet.Running;
using ModelGen;
using ModelGen.Benchmarks;
using ModelGen.Benchmarks.Gpu;

if (args is ["peak"])
{
    Peak.Print(Console.Out);
    return;
}

if (args is ["mlp"])
{
    MlpStep.Print(Console.Out);
    return;
}

if (args is ["gpu", .. var options])
{
    GpuComparison.Print(Console.Out, options);
    return;
}

if (args is ["gpu-gemm"])
{
    // A processor by OpenCL, where there is nothing better.
    GpuGemm.Print(Console.Out, Device.Best() is { Kind: not DeviceKind.Cpu } best ? best : Device.OpenCl());
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Peak).Assembly).Run(args);
