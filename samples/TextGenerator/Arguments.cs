using System;
using System.Globalization;
using System.IO;
using ModelGen;

namespace TextGenerator;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Trains a network on six novels to tell which word comes next, saves it, and writes some text with it.

          dotnet run -c Release --project samples/TextGenerator [-- OPTION…]

          --epochs N             passes over the text; 10 unless said
          --max-steps N          ends training after so many steps; of up to 100 each one's loss is shown
          --resume               goes on from where an interrupted training was
          --prompt TEXT          what the written text begins with
          --length N             how many words are written; 60 unless said
          --temperature T        how daring the choice of words is: 0 takes the likeliest, 1 as the network says; 0.8 unless said
          --top-k K              chooses among the K likeliest words; 40 unless said, 0 for all
          --device cpu           the processor; this is the default
          --device cuda [N]      NVIDIA's graphics processor number N (0 is the first)
          --device opencl [N]    OpenCL device number N
          --device best          a graphics processor if there is one, else the processor
          --text FILE            another text to learn from, plain or compressed by gzip
          --out DIR              where history.csv, text.safetensors, vocabulary.json and training.checkpoint go; here unless said
        """;

    public int Epochs { get; private init; } = 10;

    public long? MaxSteps { get; private init; }

    public bool Resume { get; private init; }

    public string Prompt { get; private init; } = "it was";

    public int Length { get; private init; } = 60;

    public double Temperature { get; private init; } = 0.8;

    public int TopK { get; private init; } = 40;

    public string Text { get; private init; } = Path.Combine(AppContext.BaseDirectory, "data", "austen.txt.gz");

    public string Out { get; private init; } = Environment.CurrentDirectory;

    private string DeviceKind { get; init; } = "cpu";

    private int DeviceIndex { get; init; }

    /// <summary>Reads the arguments of the program.</summary>
    /// <exception cref="ArgumentException">They make no sense, or there is no such file or folder.</exception>
    public static Arguments Read(ReadOnlySpan<string> arguments) => arguments switch
    {
        [] => new(),
        ["--epochs", string text, .. var rest] when Whole(text) is int epochs and > 0 => Read(rest) with { Epochs = epochs },
        ["--epochs", ..] => throw new ArgumentException("--epochs needs a number from 1 on."),
        ["--max-steps", string text, .. var rest] when Whole(text) is int steps => Read(rest) with { MaxSteps = steps },
        ["--max-steps", ..] => throw new ArgumentException("--max-steps needs a number."),
        ["--resume", .. var rest] => Read(rest) with { Resume = true },
        ["--prompt", string prompt, .. var rest] => Read(rest) with { Prompt = prompt },
        ["--prompt"] => throw new ArgumentException("--prompt needs a text."),
        ["--length", string text, .. var rest] when Whole(text) is int length => Read(rest) with { Length = length },
        ["--length", ..] => throw new ArgumentException("--length needs a number."),
        ["--temperature", string text, .. var rest] when Number(text) is double temperature => Read(rest) with { Temperature = temperature },
        ["--temperature", ..] => throw new ArgumentException("--temperature needs a number from 0 on, such as 0.8."),
        ["--top-k", string text, .. var rest] when Whole(text) is int most => Read(rest) with { TopK = most },
        ["--top-k", ..] => throw new ArgumentException("--top-k needs a number; 0 for all words."),
        ["--device", ("cuda" or "opencl") and string kind, string text, .. var rest] when Whole(text) is int index => Read(rest) with { DeviceKind = kind, DeviceIndex = index },
        ["--device", ("cpu" or "cuda" or "opencl" or "best") and string kind, .. var rest] => Read(rest) with { DeviceKind = kind },
        ["--device", ..] => throw new ArgumentException("--device needs cpu, cuda, opencl or best."),
        ["--text", string file, .. var rest] when System.IO.File.Exists(file) => Read(rest) with { Text = file },
        ["--text", string file, ..] => throw new ArgumentException($"There is no file '{file}'."),
        ["--text"] => throw new ArgumentException("--text needs a file."),
        ["--out", string folder, .. var rest] when Directory.Exists(folder) => Read(rest) with { Out = folder },
        ["--out", string folder, ..] => throw new ArgumentException($"There is no folder '{folder}'."),
        ["--out"] => throw new ArgumentException("--out needs a folder."),
        [string other, ..] => throw new ArgumentException($"'{other}' is not understood."),
    };

    /// <summary>A file of the folder for results.</summary>
    public string File(string name) => Path.Combine(Out, name);

    /// <summary>Opens the device.</summary>
    /// <exception cref="DeviceException">There is no such device, or it cannot be used; the message says why.</exception>
    public Device OpenDevice() => DeviceKind switch
    {
        "cuda" => Device.Cuda(DeviceIndex),
        "opencl" => Device.OpenCl(DeviceIndex),
        "best" => Device.Best(),
        _ => Device.Cpu,
    };

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
