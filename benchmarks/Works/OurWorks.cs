using System.Globalization;
using ModelGen.Benchmarks.Sides;
using ModelGen.Entries;

namespace ModelGen.Benchmarks.Works;

/// <summary>The works of our side, by name.</summary>
internal static class OurWorks
{
    /// <summary>Makes a work; null where there is none of that name.</summary>
    public static IWork? Open(int threads, string[] words)
    {
        Device device = Device.CpuWith(threads);
        return words switch
        {
            ["gemm", string transpositions, string m, string n, string k] => new GemmWork(transpositions, Int(m), Int(n), Int(k), threads),
            ["step", "mlp", string batch] => new StepWork(new Mlp(device), Mlp.Entries.Loss, Mlp.Data(Pixels(Int(batch)), Kinds(Int(batch)))),
            ["step", "wide", string batch] => new StepWork(new WideMlp(device), WideMlp.Entries.Loss, WideMlp.Data(Pixels(Int(batch)), Kinds(Int(batch)))),
            ["step", "lstm", string batch] => new StepWork(new Lstm(device), Lstm.Entries.Loss, Lstm.Data(Lstm.Text(Int(batch), seed: 1), Lstm.Text(Int(batch), seed: 2), time: Lstm.Time)),
            ["predict", "mlp", string batch] => PredictWork.OfMlp(device, Int(batch)),
            ["predict", "lstm", string batch] => PredictWork.OfText(device, Int(batch)),
            ["adam", "10000000"] => new AdamWork(threads),
            ["forward", string name, string rows] => Forward(name, device, Int(rows)),
            ["training", string name, string rows] => Training(name, device, rows),
            ["multiply-add"] => new MultiplyAddWork(threads),
            ["stream", string count, string read, string written, string kind] => new StreamWork(Int(count), Int(read), Int(written), kind, threads),
            _ => null,
        };
    }

    private static float[] Pixels(int batch) => Inputs.Uniform(batch * 784, seed: 1);

    private static int[] Kinds(int batch) => Inputs.Classes(batch, seed: 2, classes: 10);

    private static EntryWork? Forward(string name, Device device, int rows)
    {
        (Model Model, Entry Entry)? found = name switch
        {
            "softmax" => (new SoftmaxRows(device), SoftmaxRows.Entries.Forward),
            "layernorm" => (new LayerNormRows(device), LayerNormRows.Entries.Forward),
            "gelu" => (new GeluRows(device), GeluRows.Entries.Forward),
            _ => null,
        };
        return found is var (model, entry) ? new EntryWork(model, entry, device.Threads, rows) : null;
    }

    private static EntryWork? Training(string name, Device device, string rows)
    {
        (Model Model, Entry Entry)? found = (name, rows) switch
        {
            ("softmax", "2048") => (new SoftmaxTraining8(device), SoftmaxTraining8.Entries.Backward),
            ("softmax", "65536") => (new SoftmaxTraining256(device), SoftmaxTraining256.Entries.Backward),
            ("layernorm", "2048") => (new LayerNormTraining8(device), LayerNormTraining8.Entries.Backward),
            ("layernorm", "65536") => (new LayerNormTraining256(device), LayerNormTraining256.Entries.Backward),
            ("gelu", "2048") => (new GeluTraining8(device), GeluTraining8.Entries.Backward),
            ("gelu", "65536") => (new GeluTraining256(device), GeluTraining256.Entries.Backward),
            ("dropout", "2048") => (new DropoutTraining8(device), DropoutTraining8.Entries.Backward),
            ("dropout", "65536") => (new DropoutTraining256(device), DropoutTraining256.Entries.Backward),
            _ => null,
        };
        return found is var (model, entry) ? new EntryWork(model, entry, device.Threads, 1) : null;
    }

    private static int Int(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
