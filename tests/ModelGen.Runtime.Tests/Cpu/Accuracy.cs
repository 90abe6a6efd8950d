using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ModelGen.Cpu;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>How far a function is from the exact one, in units in the last place, and how far docs/accuracy.md allows it to be.</summary>
internal static class Accuracy
{
    private const long Patterns = 1L << 32;

    /// <summary>A prime, so that all exponents meet all kinds of mantissas.</summary>
    private const int Stride = 10_007;
    private const int Block = 4096;

    private static readonly Dictionary<string, (double Fused, double Rounded)> Bounds = ReadBounds();

    /// <summary>Gets a value indicating whether every float is measured, which takes minutes for each function.</summary>
    public static bool OfEveryFloat { get; } = Environment.GetEnvironmentVariable("MODELGEN_EVERY_FLOAT") == "1";

    /// <summary>The bound that the table in docs/accuracy.md states for this machine.</summary>
    public static double BoundOf(string function) => SimdWidth.FusesMultiplyAdd ? Bounds[function].Fused : Bounds[function].Rounded;

    /// <summary>The worst error and where it is, over the whole range of floats: every one with the vectors that kernels run with, where that is asked for.</summary>
    public static (double Error, float At) Worst<V>(Func<V, V> function, Func<double, double> exact, Func<float, double, double> measure)
        where V : struct, ISimd<V>
    {
        int stride = OfEveryFloat && V.Count == SimdWidth.Lanes ? 1 : Stride;
        (double Error, float At) worst = default;
        Lock gate = new();
        Parallel.For(0L, (Patterns / ((long)stride * Block)) + 1, block =>
        {
            (double Error, float At) found = Over(function, exact, measure, index => Pattern(((block * Block) + index) * stride));
            lock (gate) worst = found.Error > worst.Error ? found : worst;
        });
        return new[] { worst, Over(function, exact, measure, Near, 100 * Block) }.MaxBy(found => found.Error);
    }

    /// <summary>The error in units in the last place of the exact value; infinite where only one is NaN or infinite.</summary>
    public static double Ulps(float actual, double exact)
    {
        float rounded = (float)exact;
        if (float.IsNaN(rounded) || float.IsNaN(actual))
        {
            return float.IsNaN(rounded) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        if (float.IsInfinity(rounded) || float.IsInfinity(actual) || exact == 0)
        {
            return rounded == actual ? 0 : double.PositiveInfinity;
        }

        int exponent = Math.Max((int)((BitConverter.DoubleToInt64Bits(exact) >> 52) & 0x7FF) - 1023, -126);
        double unit = BitConverter.Int64BitsToDouble((long)(exponent - 23 + 1023) << 52);
        return Math.Abs(actual - exact) / unit;
    }

    /// <summary>The float with a bit pattern; beyond the last one again the first ones.</summary>
    public static float Pattern(long bits) => BitConverter.UInt32BitsToSingle((uint)(bits % Patterns));

    /// <summary>Half of them walk through [−110, 110], half through [0, 2].</summary>
    private static float Near(int index)
    {
        double part = (index / 2) / (50.0 * Block);
        return (float)(index % 2 == 0 ? (part * 220) - 110 : part * 2);
    }

    private static (double Error, float At) Over<V>(Func<V, V> function, Func<double, double> exact, Func<float, double, double> measure, Func<int, float> sample, int count = Block)
        where V : struct, ISimd<V>
    {
        using var x = new NativeFloats(V.Count);
        using var y = new NativeFloats(V.Count);
        (double Error, float At) worst = default;
        for (int first = 0; first < count; first += V.Count)
        {
            for (int lane = 0; lane < V.Count; lane++) x.Span[lane] = sample(first + lane);
            V.Store(y.Buffer, 0, function(V.Load(x.Buffer, 0)));
            for (int lane = 0; lane < V.Count; lane++)
            {
                double error = measure(y.Span[lane], exact(x.Span[lane]));
                worst = error > worst.Error ? (error, x.Span[lane]) : worst;
            }
        }

        return worst;
    }

    /// <summary>The rows <c>| `Exp` | 1.1 | 1.1 | …</c>.</summary>
    private static Dictionary<string, (double Fused, double Rounded)> ReadBounds() => File.ReadLines(Path.GetFullPath(Path.Combine(Folder(), "../../../docs/accuracy.md")))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(cells => cells[0].Trim('`'), cells => (double.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture)));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
