using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Benchmarks.Compare;

/// <summary>All rows, with their bars.</summary>
internal static class Rows
{
    private const int RowLength = 1024;
    private static readonly (int M, int N, int K)[] Products =
        [(256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048), (3200, 10000, 128), (64, 784, 128)];

    /// <summary>The rows for a number of threads; those that compare threads are with the highest number.</summary>
    public static IEnumerable<Row> For(int threads) =>
        [.. Gemms(threads), .. Steps(threads), .. Sequences(threads), .. Predictions(threads), .. Sweeps(threads), .. Memory(threads), .. FirstRuns(threads)];

    private static IEnumerable<Row> Gemms(int threads) =>
        from product in Products
        from transpositions in (string[])["nn", "nt", "tn", "tt"]
        let size = string.Create(CultureInfo.InvariantCulture, $"{product.M} {product.N} {product.K}")
        select new Row("gemm", $"GEMM {transpositions} {size.Replace(" ", " × ", StringComparison.Ordinal)}", $"gemm {transpositions} {size}", threads, Bar: 0.95)
        {
            Operations = 2.0 * product.M * product.N * product.K,
            LeastOfFloor = product.M >= 512 ? 0.8 : 0,
        };

    private static IEnumerable<Row> Steps(int threads)
    {
        yield return new Row("mlp", "MLP step 784-128-10, 64", "step mlp 64", threads, Bar: 0.5) { Operations = 2.0 * 64 * ((784 * 128 * 2) + (128 * 10 * 3)) };
        var wide = new Row("mlp", "MLP step 784-1024-1024-10, 256", "step wide 256", threads, Bar: 0.85)
        {
            Operations = 2.0 * 256 * ((784 * 1024 * 2) + (1024 * 1024 * 3) + (1024 * 10 * 3)),
            SecondsPerTurn = 0.5,
        };
        yield return wide;
        if (threads > 1)
        {
            yield return wide with { Name = wide.Name + ", against one thread", Measure = Measure.Scaling, Bar = 1 / 1.7, FloorBar = 0 };
        }
    }

    private static IEnumerable<Row> Sequences(int threads)
    {
        // Embedding 10,000 × 256, LSTM 128, Dense 10,000: every product once forward and twice backward.
        const int Time = 100, Multiplications = (256 * 512) + (128 * 512) + (128 * 10_000);
        yield return new Row("lstm", "text generator step, 32 × 100", "step lstm 32", threads, Bar: 0.55)
        {
            Operations = 2.0 * 32 * Time * 3 * Multiplications,
            SecondsPerTurn = 0.5,
            Peers = ["torchsharp", "pytorch", "torch.compile"],
        };

        // It reads the weights and 100 rows of the table, 1.5 million floats, and writes a million scores.
        const string Stream = "stream 499712 3 2";
        yield return new Row("lstm", "text generator inference, 1 × 100", "predict lstm 1", threads, Bar: 0.9)
        {
            Operations = 2.0 * Time * Multiplications,
            Streams = [Stream + " cached", Stream + " bypassing"],
            Peers = ["onnxruntime"],
        };
    }

    private static IEnumerable<Row> Predictions(int threads) =>
        from batch in (int[])[1, 64]
        let name = batch.ToString(CultureInfo.InvariantCulture)
        select new Row("predict", "MLP inference, " + name, "predict mlp " + name, threads, Bar: 0.8) { Operations = 2.0 * batch * ((784 * 128) + (128 * 10)) };

    private static IEnumerable<Row> Sweeps(int threads)
    {
        // The update reads parameters, gradients and two slots, and writes all but the gradients.
        yield return Sweep("Adam (TorchSharp's own), 10 million", "adam 10000000", threads, 10_000_000, read: 4, inPlace: 3);
        foreach (int megabytes in (int[])[8, 256])
        {
            int rows = megabytes * (1 << 20) / sizeof(float) / RowLength;
            foreach (string name in (string[])["softmax", "layernorm", "gelu"])
            {
                yield return Sweep(
                    $"{name} forward, {megabytes} MB", string.Create(CultureInfo.InvariantCulture, $"forward {name} {rows}"), threads, rows * RowLength, read: 1, written: 1);
            }

            // Forward and backward are one pass: it reads the values and the gradients that come from above.
            foreach (string name in (string[])["softmax", "layernorm", "gelu", "dropout"])
            {
                Row row = Sweep(
                    $"{name} forward and backward, {megabytes} MB",
                    string.Create(CultureInfo.InvariantCulture, $"training {name} {rows}"),
                    threads,
                    rows * RowLength,
                    read: 2,
                    written: 1);
                yield return name == "dropout" ? row with { Tolerance = double.NaN } : row;
            }
        }
    }

    private static Row Sweep(string name, string work, int threads, int count, int read, int written = 0, int inPlace = 0)
    {
        string sizes = string.Create(CultureInfo.InvariantCulture, $"stream {count / 8192 * 8192} {read} {written + inPlace}");
        return new Row("sweeps", name, work, threads, Bar: 0.8)
        {
            Streams = inPlace > 0 ? [sizes + " in-place"] : [sizes + " cached", sizes + " bypassing"],
            FloorBar = 1 / 0.9,
        };
    }

    private static IEnumerable<Row> Memory(int threads) =>
        from work in (string[])["step mlp 64", "step wide 256", "step lstm 32"]
        select new Row("memory", $"peak memory, {work}", work, threads, Bar: 0.5) { Measure = Measure.Memory, FloorBar = 0, Peers = ["torchsharp"] };

    private static IEnumerable<Row> FirstRuns(int threads) =>
        from work in (string[])["step mlp 64", "step wide 256", "predict mlp 1"]
        select new Row("first", $"first run, {work}", work, threads, Bar: double.NaN) { Measure = Measure.FirstRun };
}
