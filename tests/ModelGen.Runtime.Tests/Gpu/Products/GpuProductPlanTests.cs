using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu.Products;

public class GpuProductPlanTests
{
    private static readonly GpuCapabilities Gpu = GpuCapabilities.Cuda;
    private static readonly GpuCapabilities Processor = new(2, 0, 512 * 1024) { HasOwnLocalMemory = false };

    [Theory]
    [InlineData(1, 4096, 4096, 4096, "Large", 1)]
    [InlineData(1, 1024, 1024, 1024, "Middle", 1)]
    [InlineData(32, 256, 256, 64, "Large", 1)]
    [InlineData(1, 64, 128, 784, "Middle", 6)]
    [InlineData(1, 32, 128, 511, "Middle", 1)]
    [InlineData(1, 32, 128, 512, "Middle", 4)]
    [InlineData(1, 128, 784, 64, "Middle", 1)]
    [InlineData(1, 100000, 10, 128, "Tall", 1)]
    [InlineData(1, 10, 100000, 128, "Wide", 1)]
    [InlineData(1, 1, 128, 784, "Wide", 6)]
    [InlineData(1, 1, 1, 1, "Middle", 1)]
    [InlineData(1, 5, 5, 0, "Middle", 1)]
    [InlineData(1, 0, 5, 5, "Middle", 1)]
    public void TilesFollowTheShape(int batch, int m, int n, int k, string tile, int splits)
    {
        GpuProductPlan plan = GpuProductPlan.Of(batch, m, n, k, Gpu);
        Assert.Equal((tile, splits), (plan.Tile.ToString(), plan.Splits));
        Assert.Equal(splits > 1 ? (long)splits * batch * m * n : 0, plan.Scratch);
    }

    [Theory]
    [InlineData(1, 512, 512, 512, 64, 1)]
    [InlineData(1, 64, 128, 784, 64, 1)]
    [InlineData(1, 64, 10, 128, 8, 1)]
    [InlineData(1, 128, 10, 64, 16, 1)]
    [InlineData(1, 1, 1, 100000, 8, 4)]
    public void ThreadsHaveTilesForEveryCore(int batch, int m, int n, int k, int rows, int splits)
    {
        GpuProductPlan plan = GpuProductPlan.Of(batch, m, n, k, Processor);
        Assert.Equal((GpuProductTile.Thread, rows, splits), (plan.Tile, plan.TileRows, plan.Splits));
    }

    [Fact]
    public void EverySplitHasTerms()
    {
        for (int k = 1; k < 3000; k += 7)
        {
            for (int splits = 1; splits < 12; splits++)
            {
                GpuProductPlan plan = GpuProductPlan.Of(1, 8, 8, k, GpuProductTile.Middle, splits);
                Assert.True(plan.Splits <= splits);
                Assert.True((plan.Splits - 1) * plan.SplitDepth < k && plan.Splits * plan.SplitDepth >= k);
            }
        }
    }
}
