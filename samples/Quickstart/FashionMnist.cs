using System.IO;
using ModelGen;

namespace Quickstart;

/// <summary>Pictures of clothes, one byte per pixel, and what each shows: an index into <see cref="Kinds"/>.</summary>
internal sealed record FashionMnist(Idx TrainingImages, Idx TrainingLabels, Idx TestImages, Idx TestLabels)
{
    public const int Width = 28;
    public const int Pixels = Width * Width;

    public static string[] Kinds { get; } =
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>Reads the four files of Fashion-MNIST, or of MNIST, from a folder.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or pictures and labels do not belong together.</exception>
    public static FashionMnist Read(string folder)
    {
        (Idx trainingImages, Idx trainingLabels) = ReadPart(folder, "train");
        (Idx testImages, Idx testLabels) = ReadPart(folder, "t10k");
        return new FashionMnist(trainingImages, trainingLabels, testImages, testLabels);
    }

    private static (Idx Images, Idx Labels) ReadPart(string folder, string part)
    {
        Idx images = ReadFile(folder, $"{part}-images-idx3-ubyte");
        Idx labels = ReadFile(folder, $"{part}-labels-idx1-ubyte");
        if (images.Dimensions is not [int count, Width, Width] || labels.Dimensions is not [int labelCount] || labelCount != count)
        {
            throw new InvalidDataException(
                $"{part} should be n × {Width} × {Width} pixels and n labels, but is {string.Join(" × ", images.Dimensions)} and {string.Join(" × ", labels.Dimensions)}.");
        }

        return (images, labels);
    }

    private static Idx ReadFile(string folder, string name)
    {
        string packed = Path.Combine(folder, name + ".gz");
        string plain = Path.Combine(folder, name);
        return File.Exists(packed) ? Idx.Read(packed)
            : File.Exists(plain) ? Idx.Read(plain)
            : throw new FileNotFoundException($"There is no {name}.gz in '{folder}'. It should hold the four files of Fashion-MNIST.");
    }
}
