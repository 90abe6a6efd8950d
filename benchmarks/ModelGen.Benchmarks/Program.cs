using System;
using BenchmarkDotNet.Running;
using ModelGen.Benchmarks;

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

BenchmarkSwitcher.FromAssembly(typeof(Peak).Assembly).Run(args);
