using System;
using System.Collections.Generic;
using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu.Products;

public class GpuProductsTests
{
    private static readonly int[] Sizes = [1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200];

    public static TheoryData<string, bool, bool> AllKernels
    {
        get
        {
            TheoryData<string, bool, bool> data = [];
            foreach (string tile in Enum.GetNames<GpuProductTile>())
            {
                data.Add(tile, false, false);
                data.Add(tile, false, true);
                data.Add(tile, true, false);
                data.Add(tile, true, true);
            }

            return data;
        }
    }

    private static IEnumerable<(int M, int N, int K)> Shapes
    {
        get
        {
            foreach (int size in Sizes)
            {
                yield return (size, 17, 36);
                yield return (36, size, 17);
                yield return (17, 36, size);
                yield return (size, size, size);
            }

            yield return (1, 128, 784);
            yield return (10, 128, 300);
            yield return (300, 10, 128);
            yield return (1, 1, 500);
            yield return (64, 10, 128);
            yield return (260, 132, 20);
        }
    }

    /// <summary>Factors that begin and go on at multiples of four, where 16 bytes are read at once, and others, at an odd place.</summary>
    [OpenClTheory]
    [MemberData(nameof(AllKernels))]
    public void ProductsAreExact(string tile, bool transposeA, bool transposeB)
    {
        foreach ((int m, int n, int k) in Shapes)
        {
            for (int batch = 1; batch <= 3; batch += 2)
            {
                int offset = m % 4 == 0 && n % 4 == 0 && k % 4 == 0 ? 4 * batch : 3;
                GpuProductPlan plan = GpuProductPlan.Of(batch, m, n, k, Enum.Parse<GpuProductTile>(tile), splits: 1, threadRows: batch == 1 ? 64 : 8);
                ProductFixture products = new(plan, transposeA, transposeB, offset);
                products.Check(products.Run());
            }
        }
    }
}
