using System;
using System.IO;

namespace ModelGen;

/// <summary>Writes a file so that at every moment its path leads to the old contents or to the new ones, whole.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk and renames it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="wrap">What stands between the contents and the file: tests fill a disk with it.</param>
    public static void Write(string path, Action<Stream> write, Func<Stream, Stream>? wrap = null)
    {
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
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

    private static void WriteFlushed(string path, Action<Stream> write, Func<Stream, Stream>? wrap)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        write(wrap is null ? file : wrap(file));
        file.Flush(flushToDisk: true);
    }
}
