using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace ModelGen;

/// <summary>Tokens in the order in which pairs become them, one on each line: the bytes in base 64, a space, the id.</summary>
/// <remarks>What the format does not allow is an error that names the file: nothing is skipped or guessed.</remarks>
internal static class TiktokenFile
{
    public static (Tokenizer Tokenizer, TokenBytes Bytes) Read(Stream stream, string name, PreTokenizer splits, IReadOnlyDictionary<string, int> special)
    {
        var bytes = new TokenBytes(name);
        using var contents = new MemoryStream();
        using (var checkedLines = new StreamWriter(contents, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            var known = new HashSet<string>(StringComparer.Ordinal);
            for (int line = 1; reader.ReadLine() is { } text; line++)
            {
                if (text.Length > 0)
                {
                    AddToken(text, line, known, bytes);
                    checkedLines.WriteLine(text);
                }
            }
        }

        bytes.RequireEveryByte();
        bytes.AddSpecial(special);
        contents.Position = 0;
        return (TiktokenTokenizer.Create(contents, splits, null, special), bytes);
    }

    private static void AddToken(string text, int line, HashSet<string> known, TokenBytes bytes)
    {
        if (text.Split(' ') is not [var base64, var number]
            || !int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int id)
            || !TryRead(base64, out byte[] token))
        {
            throw bytes.Because($"line {line} is no token in base 64 with its id behind a space");
        }

        // Base 64 as it is written here has one form for each value.
        if (!known.Add(Convert.ToBase64String(token)))
        {
            throw bytes.Because($"line {line} repeats a token");
        }

        bytes.Add(id, token);
    }

    private static bool TryRead(string base64, out byte[] bytes)
    {
        byte[] room = new byte[base64.Length];
        bool isRight = Convert.TryFromBase64String(base64, room, out int length);
        bytes = room[..length];
        return isRight;
    }
}
