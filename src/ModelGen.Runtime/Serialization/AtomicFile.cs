using System;
using System.IO;

namespace ModelGen;

/// <summary>Writes a file so that at every moment its path leads to the old contents or to the new ones, whole.</summary>
internal static class AtomicFile
{
    private const string Ending = ".tmp";

    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk and renames it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="wrap">What stands between the contents and the file: tests fill a disk with it.</param>
    public static void Write(string path, Action<Stream> write, Func<Stream, Stream>? wrap = null)
    {
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $"{Beginning(full)}{Guid.NewGuid():N}{Ending}");
        try
        {
            WriteFlushed(temporary, write, wrap);
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Deletes what processes have left behind that were killed while they wrote a file. Nobody else may be writing it.</summary>
    public static void DeleteLeftovers(string path)
    {
        string full = Path.GetFullPath(path);
        string beginning = Beginning(full);
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(full)!))
        {
            string name = Path.GetFileName(file);
            int end = name.Length - Ending.Length;
            if (end > beginning.Length && name.StartsWith(beginning, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal)
                && Guid.TryParseExact(name.AsSpan()[beginning.Length..end], "N", out _))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>What the names of a file's temporary ones begin with.</summary>
    private static string Beginning(string path) => $".{Path.GetFileName(path)}.";

    private static void WriteFlushed(string path, Action<Stream> write, Func<Stream, Stream>? wrap)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        write(wrap is null ? file : wrap(file));
        file.Flush(flushToDisk: true);
    }
}
