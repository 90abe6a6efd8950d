using System;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelGen;
using Quickstart;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

try
{
    var arguments = Arguments.Read(args);
    Run(FashionMnist.Read(arguments.DataFolder), arguments.OpenDevice());
    return 0;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{Arguments.Usage}");
    return 2;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or DeviceException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Run(FashionMnist data, Device device)
{
    // Data. A dataset is one array per input of the loss: here pixels between 0 and 1, and the index of what each picture shows.
    Dataset training = ClothingClassifier.Data(data.TrainingImages.ToFloats(), data.TrainingLabels.ToInts());
    Dataset test = ClothingClassifier.Data(data.TestImages.ToFloats(), data.TestLabels.ToInts());
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{training.Count:N0} pictures to train on, {test.Count:N0} to test with"));

    // Model. It lives on a device: the processor or a graphics processor, which run the same kernels. The seed decides the initial weights,
    // the order of the pictures and what Dropout leaves out: on one device the same seed gives the same network, bit for bit.
    using var model = new ClothingClassifier(device, seed: 42);
    Console.WriteLine($"training on {model.Device}");

    // Training. What is not said has defaults; a progress line on the console is one of them.
    History history = model.Fit(training, new FitOptions { Epochs = 10, BatchSize = 64, Optimizer = new Adam(1e-3f) });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained {history.Steps.Count:N0} steps in {history.Epochs.Sum(epoch => epoch.Seconds):F1} s\n"));

    // Evaluation. A loss that classifies brings accuracy, precision, recall and F1 along.
    Evaluation evaluation = model.Evaluate(test);
    Console.WriteLine($"{evaluation.ToString(FashionMnist.Kinds)}\n");

    // Files. The weights go into a safetensors file, which PyTorch reads too, under the names Dense1.weight, Dense1.bias, …
    string file = Path.Combine(AppContext.BaseDirectory, "clothing.safetensors");
    model.Save(file);
    using var reloaded = new ClothingClassifier(device);
    reloaded.Load(file);
    CheckSame(model, reloaded, data.TestImages.ToFloats(), test.Count);
    Console.WriteLine($"saved {Path.GetFileName(file)}; reloaded, it gives the same {test.Count * FashionMnist.Kinds.Length:N0} scores, bit for bit\n");

    // Use.
    Console.WriteLine(TextPicture.SideBySide([.. Enumerable.Range(0, 3).Select(index => Show(reloaded, data, index))]));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\ntest accuracy: {evaluation.Accuracy:F4}"));
}

// Predict on spans takes the values and the size of each open dimension, and writes into the caller's memory: it allocates nothing, and any
// number of threads may call it at once.
static void CheckSame(ClothingClassifier model, ClothingClassifier reloaded, float[] pixels, int count)
{
    float[] before = new float[count * FashionMnist.Kinds.Length];
    float[] after = new float[before.Length];
    model.Predict(pixels, batch: count, before);
    reloaded.Predict(pixels, batch: count, after);
    if (!before.AsSpan().SequenceEqual(after))
    {
        throw new InvalidDataException("The reloaded model predicts something else.");
    }
}

// Predict on arrays takes the sizes from the array and returns a new one, here of one row with ten scores.
static (ReadOnlyMemory<byte> Pixels, string Caption) Show(ClothingClassifier model, FashionMnist data, int index)
{
    ReadOnlyMemory<byte> pixels = data.TestImages.Values.Slice(index * FashionMnist.Pixels, FashionMnist.Pixels);
    float[,] input = new float[1, FashionMnist.Pixels];
    for (int pixel = 0; pixel < FashionMnist.Pixels; pixel++)
    {
        input[0, pixel] = pixels.Span[pixel] / 255f;
    }

    float[,] scores = model.Predict(input);
    int best = Enumerable.Range(0, FashionMnist.Kinds.Length).MaxBy(kind => scores[0, kind]);
    string truth = FashionMnist.Kinds[data.TestLabels.Values.Span[index]];
    string kind = FashionMnist.Kinds[best];
    return (pixels, kind == truth ? $"{kind}: right" : $"{kind}: wrong, {truth}");
}
