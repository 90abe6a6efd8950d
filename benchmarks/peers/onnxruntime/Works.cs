using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelGen.Benchmarks.Sides;

namespace ModelGen.Benchmarks.OnnxRuntimePeer;

/// <summary>The works of ONNX Runtime's side, by name: it trains nothing.</summary>
internal static class Works
{
    private const int RowLength = 1024;

    /// <summary>Makes a work; null where there is none of that name.</summary>
    public static IWork? Open(int threads, string[] words) => words switch
    {
        ["gemm", string transpositions, string m, string n, string k] => Gemm(threads, transpositions, Int(m), Int(n), Int(k)),
        ["predict", "mlp", string batch] => Predict(threads, Int(batch)),
        ["predict", "lstm", "1"] => PredictText(threads),
        ["forward", string name, string rows] => Forward(threads, name, Int(rows)),
        _ => null,
    };

    private static int Int(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static SessionWork Gemm(int threads, string transpositions, int m, int n, int k)
    {
        bool transposeA = transpositions[0] == 't', transposeB = transpositions[1] == 't';
        long[] a = transposeA ? [k, m] : [m, k], b = transposeB ? [n, k] : [k, n];
        OnnxModel model = new OnnxModel().Input("a", a).Input("b", b).Output("y", m, n)
            .Node("Gemm", ["a", "b"], "y", ("transA", transposeA ? 1 : 0), ("transB", transposeB ? 1 : 0));
        return new SessionWork(model, threads, [m, n], ("a", Value(a, Inputs.Uniform(m * k, 1))), ("b", Value(b, Inputs.Uniform(k * n, 2))));
    }

    private static SessionWork Predict(int threads, int batch)
    {
        OnnxModel model = new OnnxModel().Input("x", batch, 784).Output("y", batch, 10)
            .Constant("w1", Weights(128, 784, 10), 128, 784).Constant("b1", Bias(128, 784, 11), 128)
            .Constant("w2", Weights(10, 128, 12), 10, 128).Constant("b2", Bias(10, 128, 13), 10)
            .Node("Gemm", ["x", "w1", "b1"], "h", ("transB", 1))
            .Node("Relu", ["h"], "r")
            .Node("Gemm", ["r", "w2", "b2"], "y", ("transB", 1));
        return new SessionWork(model, threads, [batch, 10], ("x", Value([batch, 784], Inputs.Uniform(batch * 784, 1))));
    }

    /// <summary>The scores of the text generator for one sequence of 100 words.</summary>
    private static SessionWork PredictText(int threads)
    {
        const int Time = 100, Words = 10_000, Width = 256, Hidden = 128;
        float[] biases = [.. ByGates(Bias(4 * Hidden, Hidden, 13)), .. ByGates(Bias(4 * Hidden, Hidden, 14))];
        OnnxModel model = new OnnxModel().IntInput("words", Time, 1).Output("y", Time, Words)
            .Constant("table", Weights(Words, Width, 10), Words, Width)
            .Constant("wx", ByGates(Weights(4 * Hidden, Width, 11)), 1, 4 * Hidden, Width)
            .Constant("wh", ByGates(Weights(4 * Hidden, Hidden, 12)), 1, 4 * Hidden, Hidden)
            .Constant("b", biases, 1, 8 * Hidden)
            .Constant("w", Weights(Words, Hidden, 15), Words, Hidden).Constant("c", Bias(Words, Hidden, 16), Words)
            .Constant("rows", Time, Hidden)
            .Node("Gather", ["table", "words"], "x")
            .Node("LSTM", ["x", "wx", "wh", "b"], "states", ("hidden_size", Hidden))
            .Node("Reshape", ["states", "rows"], "h")
            .Node("Gemm", ["h", "w", "c"], "y", ("transB", 1));
        return new SessionWork(model, threads, [Time, Words], ("words", Value([Time, 1], Inputs.Classes(Time, seed: 1, Words))));

        // A quarter each: from PyTorch's order (input, forget, cell, output) to ONNX's (input, output, forget, cell).
        static float[] ByGates(float[] values)
        {
            int quarter = values.Length / 4;
            return [.. new[] { 0, 3, 1, 2 }.SelectMany(gate => values[(gate * quarter)..((gate + 1) * quarter)])];
        }
    }

    /// <summary>Those that all sides begin with.</summary>
    private static float[] Weights(int width, int input, int seed) => Inputs.Uniform(width * input, seed, 1f / MathF.Sqrt(input));

    private static float[] Bias(int width, int input, int seed) => Inputs.Uniform(width, seed, 1f / MathF.Sqrt(input));

    private static SessionWork? Forward(int threads, string name, int rows)
    {
        OnnxModel model = new OnnxModel().Input("x", rows, RowLength).Output("y", rows, RowLength);
        float[] ones = [.. Enumerable.Repeat(1f, RowLength)];
        OnnxModel? whole = name switch
        {
            "softmax" => model.Node("Softmax", ["x"], "y", ("axis", -1)),
            "layernorm" => model.Constant("weight", ones, RowLength).Constant("bias", new float[RowLength], RowLength)
                .Node("LayerNormalization", ["x", "weight", "bias"], "y", ("axis", -1)),
            "gelu" => model.Node("Gelu", ["x"], "y"),
            _ => null,
        };
        return whole is null ? null : new SessionWork(whole, threads, [rows, RowLength], ("x", Value([rows, RowLength], Inputs.Uniform(rows * RowLength, 1))));
    }

    /// <summary>A tensor in memory that begins with a page, as ours does: kernels are slower where outputs begin a little behind inputs.</summary>
    private static unsafe OrtValue Value<T>(long[] shape, T[] values)
        where T : unmanaged
    {
        nuint count = (nuint)shape.Aggregate(1L, (a, b) => a * b);
        T* memory = (T*)NativeMemory.AlignedAlloc(count * (nuint)sizeof(T), 4096);
        values.CopyTo(new Span<T>(memory, values.Length));
        TensorElementType type = typeof(T) == typeof(int) ? TensorElementType.Int32 : TensorElementType.Float;
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, (nint)memory, (long)count * sizeof(T));
    }

    /// <summary>Runs of a session, from and into memory that is there.</summary>
    private sealed class SessionWork : IWork
    {
        private readonly InferenceSession session;
        private readonly RunOptions options = new();
        private readonly string[] names;
        private readonly OrtValue[] inputs;
        private readonly OrtValue[] outputs;

        public SessionWork(OnnxModel model, int threads, long[] shape, params (string Name, OrtValue Value)[] inputs)
        {
            using SessionOptions settings = new() { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
            session = new InferenceSession(model.ToArray(), settings);
            names = [.. inputs.Select(input => input.Name)];
            this.inputs = [.. inputs.Select(input => input.Value)];
            outputs = [Value<float>(shape, [])];
        }

        public float[] Result()
        {
            Run();
            return Inputs.Sample(outputs[0].GetTensorDataAsSpan<float>());
        }

        public void Run() => session.Run(options, names, inputs, ["y"], outputs);

        public void Dispose()
        {
            session.Dispose();
            options.Dispose();
            foreach (OrtValue value in (OrtValue[])[.. inputs, .. outputs])
            {
                unsafe
                {
                    fixed (byte* memory = value.GetTensorMutableRawData())
                    {
                        value.Dispose();
                        NativeMemory.AlignedFree(memory);
                    }
                }
            }
        }
    }
}
