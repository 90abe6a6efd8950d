using System.Linq;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>The second stage of reductions: any number of them, four in a launch.</summary>
[Collection(AloneOnDevice.Name)]
public class GpuFinishTests(ITestOutputHelper output) : GpuTests(output)
{
    [OpenClTheory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(9, 3)]
    public void FourAreFinishedAtOnce(int count, int launches)
    {
        const int Parts = 37;
        const int Columns = 300;
        float[] x = [.. Enumerable.Range(0, Parts * Columns).Select(i => (float)(i % 13))];
        GpuAccelerator accelerator = Open();
        long before = 0;
        float[] y = KernelCalls.Run(accelerator, x, count * Columns, frame =>
        {
            before = accelerator.Launches;
            GpuBuffer<float> parts = frame.Input(0);
            GpuSum[] sums = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0
                ? GpuSum.Of(parts, Columns, frame.Output(0).At(i * Columns))
                : GpuSum.MaxOf(parts, Columns, frame.Output(0).At(i * Columns)))];
            frame.Finish(Parts, sums);
        });
        Assert.Equal(launches, accelerator.Launches - before);
        for (int i = 0; i < count; i++)
        {
            for (int column = 0; column < Columns; column++)
            {
                var values = Enumerable.Range(0, Parts).Select(part => x[(part * Columns) + column]);
                Assert.Equal(i % 2 == 0 ? values.Sum() : values.Max(), y[(i * Columns) + column]);
            }
        }
    }
}
