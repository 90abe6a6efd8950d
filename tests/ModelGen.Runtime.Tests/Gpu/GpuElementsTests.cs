using System;
using System.Linq;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Kernels over elements, of every length around the sizes of groups and grids.</summary>
public class GpuElementsTests(ITestOutputHelper output) : GpuTests(output)
{
    [OpenClTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1_000_003)]
    public void EveryElementIsWorkedOnOnce(int length)
    {
        float[] x = [.. Enumerable.Range(0, length).Select(i => (float)i % 1000)];
        float[] y = KernelCalls.Run(Open(), x, length + 1, frame => frame.Elements(new Kernels.Line(frame.Input(0), frame.Output(0)), length));
        Assert.Equal(x.Select(value => (2f * value) + 1f), y[..length]);
    }

    [OpenClFact]
    public void MoreElementsThanAKernelCanAddressAreAnError()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => KernelCalls.Run(
            Open(), [1f], 1, frame => frame.Elements(new Kernels.Line(frame.Input(0), frame.Output(0)), int.MaxValue + 1L)));
        Assert.Contains("2147483648 elements", error.Message, StringComparison.Ordinal);
    }
}
