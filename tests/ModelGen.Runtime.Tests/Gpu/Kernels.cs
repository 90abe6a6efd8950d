using ModelGen.Cpu;
using ModelGen.Gpu;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Kernels as the generator writes them.</summary>
internal static class Kernels
{
    /// <summary><c>y = 2 x + 1</c></summary>
    internal readonly struct Line(GpuBuffer<float> x, GpuBuffer<float> y) : IGpuElementKernel
    {
        public void Run(int index) => y[index] = (2f * x[index]) + 1f;
    }

    /// <summary><c>y = table[index]</c></summary>
    internal readonly struct Pick(GpuBuffer<float> table, GpuBuffer<int> indices, GpuBuffer<float> y) : IGpuElementKernel
    {
        public void Run(int index) => y[index] = table[indices[index]];
    }

    /// <summary>One elementary function: the names are <c>GpuFunctionTests</c>' rows.</summary>
    internal readonly struct Function(GpuBuffer<float> x, GpuBuffer<float> y, int which) : IGpuElementKernel
    {
        public void Run(int index)
        {
            float a = x[index];
            y[index] =
                which == 0 ? GpuMath.Exp(a)
                : which == 1 ? GpuMath.Log(a)
                : which == 2 ? GpuMath.Tanh(a)
                : which == 3 ? GpuMath.Sigmoid(a)
                : which == 4 ? GpuMath.Erf(a)
                : which == 5 ? GpuMath.NormalCdf(a)
                : which == 7 ? GpuMath.Expm1(a)
                : which == 8 ? GpuMath.Log1p(a)
                : which == 9 ? GpuMath.Sin(a)
                : which == 10 ? GpuMath.Cos(a)
                : which == 11 ? GpuMath.Pow(a, 2.7f)
                : which == 12 ? GpuMath.Pow(a, -3f)
                : which == 13 ? GpuMath.Pow(1.7f, a)
                : GpuMath.Sqrt(a);
        }
    }

    /// <summary>The greater and the lesser of neighbours: [x, y] → 2 [max, min].</summary>
    internal readonly struct Extremes(GpuBuffer<float> x, GpuBuffer<float> y) : IGpuElementKernel
    {
        public void Run(int index)
        {
            y[2 * index] = GpuMath.Max(x[2 * index], x[(2 * index) + 1]);
            y[(2 * index) + 1] = GpuMath.Min(x[2 * index], x[(2 * index) + 1]);
        }
    }

    /// <summary>A product for itself and in a sum, and one that the sum takes in.</summary>
    internal readonly struct Rounded(GpuBuffer<float> x, GpuBuffer<float> y) : IGpuElementKernel
    {
        public void Run(int index)
        {
            float product = GpuMath.Product(x[3 * index], x[(3 * index) + 1]);
            y[3 * index] = product;
            y[(3 * index) + 1] = product + x[(3 * index) + 2];
            y[(3 * index) + 2] = GpuMath.MultiplyAdd(x[3 * index], x[(3 * index) + 1], x[(3 * index) + 2]);
        }
    }

    /// <summary>Uniform numbers, which come from integers.</summary>
    internal readonly struct Uniform(GpuBuffer<float> y, RandomStream stream) : IGpuElementKernel
    {
        public void Run(int index) => y[index] = stream.Uniform((uint)index);
    }

    /// <summary>The sum and the maximum of every row, and over the rows the sum of every column and the greatest element.</summary>
    internal readonly struct RowSums(GpuBuffer<float> x, GpuBuffer<float> sums, GpuBuffer<float> maxima, GpuBuffer<float> columnParts, GpuBuffer<float> largestParts, int columns)
        : IGpuRowKernel
    {
        public void Run<T>(T team, int block, int first, int end)
            where T : struct, IGpuTeam
        {
            GpuBuffer<float> largestOfTeams = GpuShared.Floats(256);
            float greatest = float.NegativeInfinity;
            for (int start = first; start < end; start += team.Teams)
            {
                bool isRow = start + team.Team < end;
                int row = isRow ? start + team.Team : first;
                int from = isRow ? team.Lane : columns;
                float sum = 0f;
                float largest = float.NegativeInfinity;
                for (int column = from; column < columns; column += team.Lanes)
                {
                    float value = x[(row * columns) + column];
                    sum += value;
                    largest = GpuMath.Max(largest, value);
                }

                sum = team.Sum(sum);
                largest = team.Max(largest);
                greatest = GpuMath.Max(greatest, largest);
                if (isRow && team.Lane == 0)
                {
                    sums[row] = sum;
                    maxima[row] = largest;
                }
            }

            for (int column = (team.Team * team.Lanes) + team.Lane; column < columns; column += team.Teams * team.Lanes)
            {
                float sum = 0f;
                for (int row = first; row < end; row++)
                {
                    sum += x[(row * columns) + column];
                }

                columnParts[(block * columns) + column] = sum;
            }

            if (team.Lane == 0)
            {
                largestOfTeams[team.Team] = greatest;
            }

            team.Wait();
            if (team.Lane == 0 && team.Team == 0)
            {
                largestParts[block] = GpuShared.Max(largestOfTeams, team.Teams, 1, 0);
            }
        }
    }

    /// <summary><c>y = product</c></summary>
    internal readonly struct Store(GpuBuffer<float> y, int columns) : IGpuEpilogue
    {
        public void Apply(int row, int column, float product) => y[(row * columns) + column] = product;
    }

    /// <summary>The sum of a column.</summary>
    internal struct ColumnSum
    {
        public float Value;
    }

    /// <summary><c>y = max(product, 0)</c> and the sums of its columns.</summary>
    internal readonly struct Relu(GpuBuffer<float> y, GpuBuffer<float> parts, int columns) : IGpuEpilogue<ColumnSum>
    {
        public ColumnSum Begin() => default;

        public void Apply(int row, int column, float product, ref ColumnSum sums)
        {
            float value = GpuMath.Max(product, 0f);
            y[(row * columns) + column] = value;
            sums.Value += value;
        }

        public void Combine(ref ColumnSum sums, ColumnSum other) => sums.Value += other.Value;

        public void End(int block, int column, ColumnSum sums) => parts[(block * columns) + column] = sums.Value;
    }
}
