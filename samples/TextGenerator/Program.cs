using System;
using System.Globalization;
using System.IO;
using ModelGen;
using TextGenerator;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

try
{
    var arguments = Arguments.Read(args);
    Run(arguments, arguments.OpenDevice());
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

static void Run(Arguments arguments, Device device)
{
    // Data. The 9,999 most frequent words have numbers of their own, all others share one; sequences of 100 words are the examples.
    var corpus = new Corpus(Corpus.ReadText(arguments.Text), time: 100, seed: 1);
    Dataset training = corpus.Training, validation = corpus.Validation;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{corpus.Length:N0} words, {corpus.Vocabulary.Count:N0} different ones; {training.Count:N0} sequences to train on, {validation.Count:N0} held out"));

    using var model = new WordModel(device, seed: 42);
    Console.WriteLine($"training on {model.Device}");

    // Training. After every epoch all that training needs to go on is in a file: with --resume an interrupted training ends as if nothing had been.
    History history = model.Fit(training, new FitOptions
    {
        Epochs = arguments.Epochs,
        MaxSteps = arguments.MaxSteps,
        BatchSize = 32,
        Optimizer = new Adam(1e-3f),
        Validation = validation,
        Checkpoints = new Checkpoints(arguments.File("training.checkpoint")) { Resume = arguments.Resume },
    });
    history.WriteCsv(arguments.File("history.csv"));
    if (arguments.MaxSteps <= 100)
    {
        // Of a few steps each is shown: two devices can be compared.
        foreach (StepRecord step in history.Steps)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step.Step}: loss {step.Loss:F5}"));
        }
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the last step's loss: {history.Steps[^1].Loss:F4}"));

    // Files. The network needs its vocabulary, too: a word's number means nothing without it.
    model.Save(arguments.File("text.safetensors"));
    corpus.Vocabulary.Save(arguments.File("vocabulary.json"));

    // Use.
    var sampler = new Sampler(arguments.Temperature, arguments.TopK, seed: 7);
    Console.WriteLine($"\n{new Writer(model, corpus.Vocabulary, sampler).Continue(arguments.Prompt, arguments.Length)}\n");

    // The perplexity is how many words the network hesitates between, on average.
    double loss = history.Epochs[^1].ValidationLoss!.Value;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"validation perplexity: {Math.Exp(loss):F1}"));
}
