using System;
using System.Linq;

namespace Quickstart;

/// <summary>Grey pictures as lines of text, from blank for black to @ for white.</summary>
internal static class TextPicture
{
    private const string Greys = " .:-=+*#%@";

    /// <summary>Pictures side by side, each with a caption below.</summary>
    public static string SideBySide(params (ReadOnlyMemory<byte> Pixels, string Caption)[] pictures)
    {
        // A character is about twice as high as wide, so that one stands for two pixels, one above the other.
        var lines = Enumerable.Range(0, FashionMnist.Width / 2).Select(row => string.Join("  ", pictures.Select(picture => Line(picture.Pixels.Span, row))));
        string captions = string.Join("  ", pictures.Select(picture => picture.Caption.PadRight(FashionMnist.Width)));
        return string.Join('\n', lines.Append(captions).Select(line => line.TrimEnd()));
    }

    private static string Line(ReadOnlySpan<byte> pixels, int row)
    {
        ReadOnlySpan<byte> upper = pixels.Slice(2 * row * FashionMnist.Width, FashionMnist.Width);
        ReadOnlySpan<byte> lower = pixels.Slice(((2 * row) + 1) * FashionMnist.Width, FashionMnist.Width);
        char[] line = new char[FashionMnist.Width];
        for (int column = 0; column < line.Length; column++)
        {
            int grey = (upper[column] + lower[column]) / 2;
            line[column] = Greys[grey * Greys.Length / 256];
        }

        return new string(line);
    }
}
