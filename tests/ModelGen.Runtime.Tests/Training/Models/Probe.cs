using ModelGen.Entries;

namespace ModelGen.Tests.Training.Models;

/// <summary>loss = mean over examples of parameters · x: the gradient is the mean example, whatever the parameters are.</summary>
/// <remarks>Two parameters, A [lengthA] and Blocks.*.B [2, lengthB], with a gap between them. "ALoss" trains A only.</remarks>
internal sealed class Probe : Model
{
    private readonly int lengthA;
    private readonly int lengthB;

    public Probe(int lengthA = 3, int lengthB = 1, Device? device = null, ulong seed = 7)
        : this(lengthA, lengthB, device, seed, new Code(lengthA, lengthB))
    {
    }

    private Probe(int lengthA, int lengthB, Device? device, ulong seed, Code code)
        : base(device ?? Device.CpuWith(1), code.Describe(), seed)
    {
        this.lengthA = lengthA;
        this.lengthB = lengthB;
        Loss = (LossEntry)Description.Entries[0];
        ALoss = (LossEntry)Description.Entries[1];
    }

    public LossEntry Loss { get; }

    public LossEntry ALoss { get; }

    public int Width => lengthA + (2 * lengthB);

    public Dataset Data(float[] examples, LossEntry? entry = null) => new(entry ?? Loss, [], examples);

    public Batch Batch(float[] examples, LossEntry? entry = null)
    {
        Dataset data = Data(examples, entry);
        Batch batch = data.NewBatch(data.Count);
        int[] all = new int[data.Count];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        data.Fill(batch, all);
        return batch;
    }

    private sealed class Code(int lengthA, int lengthB)
    {
        private int Width => lengthA + (2 * lengthB);

        private long OffsetB => (lengthA + 15) / 16 * 16;

        public ModelDescription Describe() => new(
            "Probe",
            "00f1",
            OffsetB + (2 * lengthB),
            [
                new("A", [], [lengthA], 0, new Initializer(InitializerKind.Uniform, 0.5)),
                new("Blocks.*.B", [2], [lengthB], OffsetB, new Initializer(InitializerKind.Normal, 1.0)),
            ],
            [Entry("Loss", null), Entry("ALoss", "A")]);

        private LossEntry Entry(string name, string? trains) => new()
        {
            Name = name,
            Kind = EntryKind.Loss,
            Dimensions = ["batch"],
            Inputs = [new("x", ElementType.Float, [Dimension.Parse("batch"), Dimension.Parse($"{Width}")])],
            Outputs = [new("loss", ElementType.Float, [])],
            Run = frame => Run(frame, train: false, onlyA: false),
            RunOnGpu = frame => ProbeOnGpu.Run(frame, lengthA, Width, (int)OffsetB, trained: 0),
            Train = frame => Run(frame, train: true, onlyA: trains is not null),
            TrainOnGpu = frame => ProbeOnGpu.Run(frame, lengthA, Width, (int)OffsetB, trained: trains is null ? Width : lengthA),
            Trains = trains,
        };

        private void Run(Frame frame, bool train, bool onlyA)
        {
            int batch = frame.Dimension(0);
            double loss = 0;
            for (int column = 0; column < Width; column++)
            {
                nint place = column < lengthA ? column : (nint)OffsetB + column - lengthA;
                float mean = 0;
                for (int row = 0; row < batch; row++)
                {
                    mean += frame.Input(0)[((nint)row * Width) + column];
                }

                mean /= batch;
                loss += mean * frame.Parameters[place];
                if (train && (!onlyA || column < lengthA))
                {
                    frame.Gradients[place] = mean;
                }
            }

            frame.Output(0)[0] = (float)loss;
        }
    }
}
