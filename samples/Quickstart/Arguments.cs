using System;
using System.IO;

namespace Quickstart;

/// <summary>The command line.</summary>
internal static class Arguments
{
    public const string Usage = """
        Trains a small network on pictures of clothes, then saves, reloads and uses it.

          dotnet run -c Release --project samples/Quickstart [-- --data DIR]

          --data DIR   a folder with the four files of Fashion-MNIST (train-images-idx3-ubyte.gz, …);
                       without it, the subset of 12,000 + 2,000 pictures that comes with the sample
        """;

    /// <summary>The folder of the data.</summary>
    /// <exception cref="ArgumentException">The arguments make no sense, or there is no such folder.</exception>
    public static string DataFolder(string[] arguments) => arguments switch
    {
        [] => Path.Combine(AppContext.BaseDirectory, "data"),
        ["--data", string folder] when Directory.Exists(folder) => folder,
        ["--data", string folder] => throw new ArgumentException($"There is no folder '{folder}'."),
        ["--data"] => throw new ArgumentException("--data needs a folder."),
        _ => throw new ArgumentException($"'{string.Join(' ', arguments)}' is not understood."),
    };
}
