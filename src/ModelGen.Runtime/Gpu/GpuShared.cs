using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Memory that the threads of a group share, in kernels.</summary>
public static class GpuShared
{
    /// <summary>Takes shared memory, with undefined contents.</summary>
    /// <param name="count">The number of floats: a constant.</param>
    /// <returns>The memory, the same for all threads of the group.</returns>
    public static GpuBuffer<float> Floats(int count) => new(SharedMemory.Allocate<float>(count));

    /// <summary>The sum of what teams have left for a column: <c>Σ sums[t, column]</c>, in the order of the teams.</summary>
    /// <param name="sums">The teams' sums, [teams, columns].</param>
    /// <param name="teams">The number of teams.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="column">The column.</param>
    /// <returns>The sum.</returns>
    public static float Sum(GpuBuffer<float> sums, int teams, int columns, int column)
    {
        float sum = sums[column];
        for (int team = 1; team < teams; team++)
        {
            sum += sums[(team * columns) + column];
        }

        return sum;
    }

    /// <summary>The product of what teams have left for a column: <c>Π products[t, column]</c>, in the order of the teams.</summary>
    /// <param name="products">The teams' products, [teams, columns].</param>
    /// <param name="teams">The number of teams.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="column">The column.</param>
    /// <returns>The product.</returns>
    public static float Product(GpuBuffer<float> products, int teams, int columns, int column)
    {
        float product = products[column];
        for (int team = 1; team < teams; team++)
        {
            product *= products[(team * columns) + column];
        }

        return product;
    }

    /// <summary>The greatest of what teams have left for a column, NaN where any is NaN.</summary>
    /// <param name="maxima">The teams' maxima, [teams, columns].</param>
    /// <param name="teams">The number of teams.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="column">The column.</param>
    /// <returns>The maximum.</returns>
    public static float Max(GpuBuffer<float> maxima, int teams, int columns, int column)
    {
        float greatest = maxima[column];
        for (int team = 1; team < teams; team++)
        {
            greatest = GpuMath.Max(greatest, maxima[(team * columns) + column]);
        }

        return greatest;
    }
}
