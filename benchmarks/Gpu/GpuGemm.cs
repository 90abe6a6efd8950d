using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>Our product on a device against the plain one, in turns: medians of several rounds, and the results compared.</summary>
internal static class GpuGemm
{
    private const int Rounds = 9;
    private const double SecondsPerRound = 0.05;

    private static readonly (int M, int N, int K)[] Shapes =
    [
        (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (64, 128, 784), (128, 784, 64), (64, 10, 128), (4096, 10, 128), (10, 128, 4096),
        (1, 128, 784), (1, 1024, 1024), (3200, 128, 512),
    ];

    public static void Print(TextWriter output, Device device)
    {
        GpuAccelerator accelerator = device.Accelerator ?? throw new ArgumentException("The processor has benchmarks of its own: peak.", nameof(device));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{device}, {accelerator.Multiprocessors} multiprocessors; GFLOPS, medians of {Rounds} rounds in turns [least, greatest]"));
        foreach ((int m, int n, int k) in Shapes)
        {
            using var products = new Products(accelerator, m, n, k);
            output.WriteLine($"{m,5} x {n,5} x {k,5}: {products.Compare(Rounds, SecondsPerRound)}");
        }
    }

    private readonly struct Launcher(GpuAccelerator accelerator) : IGpuLauncher
    {
        public void Launch<TArguments>(GpuKernel<TArguments> kernel, int groupsX, int groupsY, int threads, in TArguments arguments)
            where TArguments : struct => accelerator.Launch(kernel, groupsX, groupsY, threads, arguments);
    }

    private readonly struct Store(GpuBuffer<float> product, int n) : IGpuEpilogue
    {
        private readonly GpuBuffer<float> product = product;
        private readonly int n = n;

        public void Apply(int row, int column, float value) => product[(row * n) + column] = value;
    }

    /// <summary>One shape: its factors and products on the device.</summary>
    private sealed class Products : IDisposable
    {
        private readonly GpuAccelerator accelerator;
        private readonly int m;
        private readonly int n;
        private readonly int k;
        private readonly GpuProductPlan plan;
        private readonly GpuMemory a;
        private readonly GpuMemory b;
        private readonly GpuMemory product;
        private readonly GpuMemory expected;
        private readonly GpuMemory scratch;

        public Products(GpuAccelerator accelerator, int m, int n, int k)
        {
            (this.accelerator, this.m, this.n, this.k) = (accelerator, m, n, k);
            plan = GpuProductPlan.Of(1, m, n, k, accelerator.Capabilities);
            (a, b) = (Random(m * k), Random(k * n));
            (product, expected, scratch) = (accelerator.Allocate(m * n), accelerator.Allocate(m * n), accelerator.Allocate(Math.Max(1, plan.Scratch)));
        }

        /// <summary>Both in turns, a·b in all transpositions for ours.</summary>
        public string Compare(int rounds, double seconds)
        {
            Action[] runs = [Plain, () => Ours(false, false), () => Ours(false, true), () => Ours(true, false)];
            int[] repeats = [.. runs.Select(run => Repeats(run, seconds))];
            var times = new double[runs.Length][];
            for (int run = 0; run < runs.Length; run++)
            {
                times[run] = new double[rounds];
            }

            for (int round = 0; round < rounds; round++)
            {
                for (int run = 0; run < runs.Length; run++)
                {
                    times[run][round] = Time(runs[run], repeats[run]);
                }
            }

            double[] medians = [.. times.Select(Median)];
            return string.Create(
                CultureInfo.InvariantCulture,
                $"plain {Rate(times[0])}  a·b {Rate(times[1])} = {medians[0] / medians[1],5:F1} times  a·bT {Rate(times[2])}  aT·b {Rate(times[3])}"
                + $"  {plan.Tile}, splits {plan.Splits}, largest difference {Difference():E1}");
        }

        public void Dispose()
        {
            a.Dispose();
            b.Dispose();
            product.Dispose();
            expected.Dispose();
            scratch.Dispose();
        }

        private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

        private string Rate(double[] times)
        {
            double operations = 2e-9 * m * n * k;
            return string.Create(
                CultureInfo.InvariantCulture, $"{operations / Median(times),7:F2} [{operations / times.Max():F1}, {operations / times.Min():F1}]");
        }

        private void Plain() => accelerator.Launch(
            PlainProduct.Kernel,
            (n + PlainProduct.Tile - 1) / PlainProduct.Tile,
            (m + PlainProduct.Tile - 1) / PlainProduct.Tile,
            PlainProduct.Tile * PlainProduct.Tile,
            new PlainProduct.Arguments(m, n, k, a.Floats, b.Floats, expected.Floats));

        private void Ours(bool transposeA, bool transposeB) => GpuProducts.Launch(
            new Launcher(accelerator), plan, new Store(product.Floats, n), a.Floats, transposeA, b.Floats, transposeB, scratch.Floats);

        private int Repeats(Action run, double seconds)
        {
            Time(run, 1);
            return (int)Math.Clamp(seconds / Time(run, 1), 1, 1000);
        }

        private double Time(Action run, int repeats)
        {
            long start = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                run();
            }

            accelerator.Synchronize();
            return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
        }

        private float Difference()
        {
            float[] ours = new float[m * n], plain = new float[m * n];
            Plain();
            Ours(false, false);
            product.Download(ours);
            expected.Download(plain);
            return ours.Zip(plain, (x, y) => Math.Abs(x - y)).Max();
        }

        private GpuMemory Random(int count)
        {
            var random = new Random(count);
            float[] values = new float[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = random.NextSingle() - 0.5f;
            }

            GpuMemory memory = accelerator.Allocate(count);
            memory.Upload(values);
            return memory;
        }
    }
}
