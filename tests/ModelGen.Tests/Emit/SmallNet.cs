using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using ModelGen.Specs;
using static ModelGen.Tests.Emit.Ir;

namespace ModelGen.Tests.Emit;

/// <summary>A planned model as the scheduler hands it over: a Dense, a loop over three blocks, and a loss with gradients.</summary>
internal static class SmallNet
{
    public const int Width = 8;
    public const int Blocks = 3;
    private static readonly Dim Batch = Open("batch");
    private static readonly Dim State = Batch * Width;

    /// <summary>The surface of the model, which is not printed here.</summary>
    public const string Surface = """
        using ModelGen.Entries;
        namespace X.System;
        /// <summary>A network.</summary>
        public sealed partial class Net : global::ModelGen.Model
        {
            private static readonly LossEntry Entry = new()
            {
                Name = "Loss",
                Kind = EntryKind.Loss,
                Dimensions = ["batch"],
                Inputs = [new("x", ElementType.Float, [Dimension.Parse("batch"), Dimension.Parse("4")])],
                Outputs = [new("y", ElementType.Float, [Dimension.Parse("batch"), Dimension.Parse("8")])],
                Run = static frame => PredictRun(frame),
                Train = static frame => LossTrain(frame),
                RunOnGpu = static frame => PredictOnGpu(frame),
                TrainOnGpu = static frame => LossTrainOnGpu(frame),
            };

            static partial void PredictRun(global::ModelGen.Entries.Frame frame);

            static partial void LossTrain(global::ModelGen.Entries.Frame frame);

            static partial void PredictOnGpu(global::ModelGen.Gpu.GpuFrame frame);

            static partial void LossTrainOnGpu(global::ModelGen.Gpu.GpuFrame frame);

            /// <summary>A new network.</summary>
            public Net() : base(global::ModelGen.Device.Cpu, new("Net", "0", 240, [new("Fc1.weight", [], [8, 4], 0, new(InitializerKind.Uniform, 0.5)), new("Fc1.bias", [], [8], 32, new(InitializerKind.Constant, 0.25)), new("Blocks.*.Mix.weight", [3], [8, 8], 48, new(InitializerKind.Normal, 0.3))], [Entry]), 42)
            {
            }

            /// <summary>Runs it.</summary>
            public void Predict(float[] x, int batch, float[] y)
            {
                EntryArguments arguments = default;
                arguments.Add(batch);
                arguments.Input(global::System.MemoryExtensions.AsSpan(x));
                arguments.Output(global::System.MemoryExtensions.AsSpan(y));
                Run(Entry, arguments);
            }

            /// <summary>Calculates gradients.</summary>
            public float Train(float[] x)
            {
                global::ModelGen.Dataset data = new(Entry, [], x);
                global::ModelGen.Batch batch = data.NewBatch(data.Count);
                int[] all = new int[data.Count];
                for (int i = 0; i < all.Length; i++)
                {
                    all[i] = i;
                }

                data.Fill(batch, all);
                return Gradients(Entry, batch);
            }
        }
        """;

    private static readonly ProductKernel Hidden = new(
        "hidden",
        ["hidden = Relu(Fc1(x))", "Fused: MatMul + bias + Relu   x [batch, 4] · Fc1.weight [8, 4] → hidden [batch, 8]"],
        [In("x"), In("fc1Weight"), In("fc1Bias"), Out("hidden")],
        [],
        0,
        Dim.One,
        Batch,
        Width,
        4,
        0,
        false,
        1,
        true,
        [Store(3, 1, [Width], Call<Maximum>(Call<Add>(Local("product"), Load(2, 1, Dim.Zero)), Number(0)))],
        []);

    private static readonly ProductKernel Mixed = new(
        "mixed",
        ["x = Tanh(Mix(x)) + block", "Fused: MatMul + Tanh + Add   x [batch, 8] · Blocks.Mix.weight [8, 8] → mixed [batch, 8]"],
        [In("x"), In("weight"), Out("mixed")],
        [],
        1,
        Dim.One,
        Batch,
        Width,
        Width,
        0,
        false,
        1,
        true,
        [Store(2, 1, [Width], Call<Add>(Call<Tanh>(Local("product")), new LoopIndexValue(0)))],
        []);

    private static readonly ElementKernel Doubled = Elements("doubled", State, [In("x"), Out("y")], Store(1, 1, [], Call<Mul>(Load(0, 1), Number(2)))) with
    {
        Comment = ["y = 2 * x", "x [batch, 8] → y [batch, 8]"],
    };

    private static readonly RowKernel Loss = ChooseTeam.Run(Rows("loss", [Batch], 4, [In("x"), Out("lossPartials"), Out("loss")], Loop(new Reduce("total", Reduction.Sum, Load(0, 1, 4))), Row(new Accumulate(0, Local("total")))) with
    {
        Comment = ["loss = Sum(x)", "x [batch, 4] → loss []"],
        Sums = [new BlockSum(Reduction.Sum, 1, 2, Dim.One)],
    });

    private static readonly ElementKernel DWeight = Elements("dWeight", Width * Width, [In("weight"), Out("dWeight")], Store(1, 1, [], Call<Mul>(Load(0, 1), new LoopIndexValue(0)))) with
    {
        Comment = ["the gradient of Blocks.Mix.weight, which is no more than an example", "weight [8, 8] → dWeight [8, 8]"],
        LoopIndexes = 1,
    };

    public static ModelPlan Plan { get; } = new(
        new TypeSpec("X.System", "Net", "public sealed partial class", [], "public", 0),
        [Predict(), Train()],
        [[new([State]), new([State]), new([State])], [new([64])]],
        [Hidden, Mixed, Doubled, Loss, DWeight]);

    private static Program Predict() => new(
        "Predict",
        false,
        ["batch"],
        [
            new("x", StorageKind.Input, TensorType.Float, 0, 0, Batch * 4, "[batch, 4]"),
            new("y", StorageKind.Output, TensorType.Float, 0, 0, State, "[batch, 8]"),
            new("fc1Weight", StorageKind.Parameter, TensorType.Float, 0, 0, 32, "[8, 4]"),
            new("fc1Bias", StorageKind.Parameter, TensorType.Float, 1, 32, 8, "[8]"),
            new("blocksMixWeight", StorageKind.Parameter, TensorType.Float, 2, 48, 192, "[3, 8, 8]"),
            new("hidden", StorageKind.Arena, TensorType.Float, 0, 0, State, "[batch, 8]"),
            new("mixed", StorageKind.Arena, TensorType.Float, 1, 0, State, "[batch, 8]"),
            new("mixedBefore", StorageKind.Arena, TensorType.Float, 2, 0, State, "[batch, 8]"),
        ],
        [],
        [
            new KernelStep(Hidden, [At(0), At(2), At(3), At(5)], [new OutputCheck(3, State, "hidden")]),
            new LoopStep(
                "block",
                Blocks,
                false,
                [new Rotation("state", At(5), "nextState", 6, "spareState", 7, TensorType.Float)],
                [new KernelStep(Mixed, [Turn("state"), new View(4, null, Dim.Zero, [Width * Width]), Turn("nextState")], [new OutputCheck(2, State, "Tanh(Mix(x)) + block")])]),
            new KernelStep(Doubled, [Turn("state"), At(1)], []),
        ]);

    private static Program Train() => new(
        "Loss",
        true,
        ["batch"],
        [
            new("x", StorageKind.Input, TensorType.Float, 0, 0, Batch * 4, "[batch, 4]"),
            new("loss", StorageKind.Output, TensorType.Float, 0, 0, 1, "[]"),
            new("blocksMixWeight", StorageKind.Parameter, TensorType.Float, 2, 48, 192, "[3, 8, 8]"),
            new("dBlocksMixWeight", StorageKind.Gradient, TensorType.Float, 2, 48, 192, "[3, 8, 8]"),
            new("lossPartials", StorageKind.Arena, TensorType.Float, 0, 0, 64, "[64]"),
        ],
        [],
        [
            new KernelStep(Loss, [At(0), At(4), At(1)], [new OutputCheck(2, Dim.One, "loss")]),
            new LoopStep(
                "block",
                Blocks,
                true,
                [],
                [new KernelStep(DWeight, [new View(2, null, Dim.Zero, [64]), new View(3, null, Dim.Zero, [64])], [new OutputCheck(1, Dim.Of(64), "Blocks.Mix.weight")])]),
        ]);

    private static View At(int storage) => new(storage, null, Dim.Zero, []);

    private static View Turn(string variable) => new(-1, variable, Dim.Zero, []);
}
