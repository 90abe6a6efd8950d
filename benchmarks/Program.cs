using System;
using BenchmarkDotNet.Running;
using ModelGen;
using ModelGen.Benchmarks;
using ModelGen.Benchmarks.Compare;
using ModelGen.Benchmarks.Gpu;
using ModelGen.Benchmarks.Sides;
using ModelGen.Benchmarks.Works;

if (args is ["peak"])
{
    Peak.Print(Console.Out);
    return 0;
}

if (args is ["compare", .. var rows])
{
    return Comparison.Print(Console.Out, rows);
}

// One side of the comparison, in a process of its own.
if (args is ["side"])
{
    SideProgram.Serve("ModelGen", OurWorks.Open);
    return 0;
}

if (args is ["gpu", .. var options])
{
    GpuComparison.Print(Console.Out, options);
    return 0;
}

if (args is ["gpu-gemm"])
{
    // A processor by OpenCL, where there is nothing better.
    GpuGemm.Print(Console.Out, Device.Best() is { Kind: not DeviceKind.Cpu } best ? best : Device.OpenCl());
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(Peak).Assembly).Run(args);
return 0;
