using System.Globalization;
using ModelGen.Benchmarks.Sides;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelGen.Benchmarks.TorchSharpPeer;

/// <summary>The works of libtorch's side, by name.</summary>
internal static class Works
{
    private const int RowLength = 1024;

    /// <summary>Makes a work; null where there is none of that name.</summary>
    public static IWork? Open(string[] words)
    {
        DisposeScope scope = NewDisposeScope();
        if (Make(words) is not { } work)
        {
            scope.Dispose();
            return null;
        }

        work.Tensors = scope;
        return work;
    }

    private static Work? Make(string[] words) => words switch
    {
        ["gemm", string transpositions, string m, string n, string k] => Gemm(transpositions, Int(m), Int(n), Int(k)),
        ["step", "mlp", string batch] => Step(Int(batch), Linear(784, 128), ReLU(), Linear(128, 10)),
        ["step", "wide", string batch] => Step(Int(batch), Linear(784, 1024), ReLU(), Linear(1024, 1024), ReLU(), Linear(1024, 10)),
        ["step", "lstm", string batch] => Step(new TextGenerator(), Words(Int(batch), 1), Words(Int(batch), 2).reshape(-1)),
        ["predict", "mlp", string batch] => Predict(Int(batch)),
        ["adam", "10000000"] => Adam(),
        ["forward", string name, string rows] => Forward(name, Int(rows)),
        ["training", string name, string rows] => Training(name, Int(rows)),
        _ => null,
    };

    private static int Int(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static Tensor Uniform(int seed, params long[] shape) => tensor(Inputs.Uniform((int)shape.Aggregate(1L, (a, b) => a * b), seed)).reshape(shape);

    private static float[] Sample(Tensor values)
    {
        using Tensor flat = values.detach().contiguous().reshape(-1);
        return Inputs.Sample(flat.data<float>().ToArray());
    }

    private static Work Gemm(string transpositions, int m, int n, int k)
    {
        Tensor a = transpositions[0] == 't' ? Uniform(1, k, m).t() : Uniform(1, m, k), b = transpositions[1] == 't' ? Uniform(2, n, k).t() : Uniform(2, k, n);
        Tensor c = zeros(m, n);

        // Into memory that is there: the product alone.
        void Run() => c.addmm_(a, b, beta: 0f, alpha: 1f);
        return new Work(Run, () =>
        {
            Run();
            return Sample(c);
        });
    }

    /// <summary>The values that all sides begin with: uniform within 1/√(width of the layer's input).</summary>
    private static void Fill(Module module)
    {
        int seed = 10;
        float width = 1;
        foreach (Parameter parameter in module.parameters())
        {
            width = parameter.dim() == 2 ? parameter.shape[1] : width;
            using Tensor values = tensor(Inputs.Uniform((int)parameter.NumberOfElements, seed++, 1f / MathF.Sqrt(width))).reshape(parameter.shape);
            using (no_grad())
            {
                parameter.copy_(values);
            }
        }
    }

    /// <summary>Sequences of 100 of 10,000 words.</summary>
    private static Tensor Words(int batch, int seed) => tensor(Inputs.Classes(batch * 100, seed, 10_000), ScalarType.Int64).reshape(batch, 100);

    private static Work Step(int batch, params Module<Tensor, Tensor>[] layers) =>
        Step(Sequential(layers), Uniform(1, batch, 784), tensor(Inputs.Classes(batch, 2, 10), ScalarType.Int64));

    private static Work Step(Module<Tensor, Tensor> model, Tensor x, Tensor target)
    {
        Fill(model);
        var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
        CrossEntropyLoss loss = CrossEntropyLoss();
        float Run()
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor value = loss.forward(model.forward(x), target);
            value.backward();
            optimizer.step();
            return value.item<float>();
        }

        return new Work(() => Run(), () => [.. Enumerable.Range(0, 20).Select(_ => Run())]);
    }

    private static Work Predict(int batch)
    {
        Sequential model = Sequential(Linear(784, 128), ReLU(), Linear(128, 10));
        Fill(model);
        model.eval();
        Tensor x = Uniform(1, batch, 784);
        float[] scores = new float[batch * 10];
        void Run()
        {
            using DisposeScope scope = NewDisposeScope();
            using (inference_mode())
            {
                model.forward(x).data<float>().CopyTo(scores);
            }
        }

        return new Work(Run, () =>
        {
            Run();
            return Inputs.Sample(scores);
        });
    }

    private static Work Adam()
    {
        var weight = new Parameter(Uniform(1, 3200, 3124));
        var bias = new Parameter(zeros(3200));
        weight.grad = Uniform(2, 3200, 3124);
        bias.grad = zeros(3200);
        var optimizer = optim.Adam([weight, bias], lr: 1e-3);
        void Run()
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.step();
        }

        return new Work(Run, () =>
        {
            Run();
            Run();
            Run();
            return Sample(weight);
        });
    }

    /// <summary>A function, and the parameters that it has.</summary>
    private static (Func<Tensor, Tensor>? Apply, Tensor[] Parameters) Function(string name, bool trained)
    {
        Tensor weight = ones(RowLength, requires_grad: trained), bias = zeros(RowLength, requires_grad: trained);
        return name switch
        {
            "softmax" => (x => functional.softmax(x, -1), []),
            "layernorm" => (x => functional.layer_norm(x, [RowLength], weight, bias), [weight, bias]),
            "gelu" => (functional.gelu, []),
            "dropout" when trained => (x => functional.dropout(x, 0.1, training: true), []),
            _ => (null, []),
        };
    }

    private static Work? Forward(string name, int rows)
    {
        if (Function(name, trained: false).Apply is not { } function)
        {
            return null;
        }

        Tensor x = Uniform(1, rows, RowLength);
        void Run()
        {
            using DisposeScope scope = NewDisposeScope();
            using (inference_mode())
            {
                function(x);
            }
        }

        return new Work(Run, () =>
        {
            using (no_grad())
            {
                return Sample(function(x));
            }
        });
    }

    private static Work? Training(string name, int rows)
    {
        if (Function(name, trained: true) is not ({ } function, { } parameters))
        {
            return null;
        }

        Tensor x = Uniform(1, rows, RowLength).requires_grad_(true), above = Uniform(2, rows, RowLength);
        void Run()
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] trained = [x, .. parameters];
            foreach (Tensor tensor in trained)
            {
                tensor.grad = null;
            }

            function(x).backward([above]);
            foreach (Tensor tensor in trained)
            {
                tensor.grad?.MoveToOuterDisposeScope();
            }
        }

        return new Work(Run, () =>
        {
            Run();
            return [.. Sample(x.grad!), .. parameters.SelectMany(parameter => Sample(parameter.grad!))];
        });
    }

    private sealed class TextGenerator : Module<Tensor, Tensor>
    {
        private readonly Embedding embed = Embedding(10_000, 256);
        private readonly LSTM read = LSTM(256, 128, batchFirst: true);
        private readonly Linear next = Linear(128, 10_000);

        public TextGenerator()
            : base("text")
        {
            RegisterComponents();
        }

        /// <summary>A row of scores for each word.</summary>
        public override Tensor forward(Tensor words) => next.forward(read.forward(embed.forward(words)).Item1).flatten(0, 1);
    }

    private sealed class Work(Action run, Func<float[]> result) : IWork
    {
        /// <summary>Gets or sets what the work was made from.</summary>
        public DisposeScope? Tensors { get; set; }

        public float[] Result() => result();

        public void Run() => run();

        public void Dispose() => Tensors?.Dispose();
    }
}
