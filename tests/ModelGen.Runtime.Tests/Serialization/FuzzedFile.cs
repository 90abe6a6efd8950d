using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ModelGen.Tests.Serialization;

/// <summary>A file of parameters with changes at random that know its structure: tokens of the header, numbers at their limits, the length, the data.</summary>
internal sealed partial class FuzzedFile
{
    private static readonly string[] Numbers =
    [
        "0", "1", "2", "3", "4", "11", "12", "13", "24", "36", "37", "-1", "-0", "1.0", "1e1", "00", "255", "256", "65536", "2147483647", "2147483648", "4294967295", "4294967296",
        "9007199254740993", "4611686018427387904", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e400", new('9', 400),
    ];

    private static readonly string[] Texts =
    [
        "\"\"", "\"F32\"", "\"F64\"", "\"BF16\"", "\"f32\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"Fc.bias\"", "\"Fc.weight\"", "\"fc.bias\"", "\"Fc.b\\u0069as\"",
        "\"\\ud800\"", "\"\\u0000\"", "\"\ufeff\"", "\"modelgen.crc32c\"", "\"00000000\"", "\"format\"", "null", "true", "NaN", "{}", "[]", "{", "}", "[", "]", ",", ":", "//", "\"",
    ];

    private readonly Random random;
    private readonly List<string> tokens;
    private readonly bool hasChecksum;
    private byte[] data;
    private long lengthOff;

    private FuzzedFile(byte[] file, Random random)
    {
        this.random = random;
        int header = (int)BitConverter.ToUInt64(file, 0);
        tokens = [.. Token().Matches(Encoding.UTF8.GetString(file, 8, header)).Select(match => match.Value)];
        hasChecksum = tokens.Contains("\"modelgen.crc32c\"");
        data = file[(8 + header)..];
    }

    /// <summary>Gets a value indicating whether every change so far leaves a file that must be read.</summary>
    public bool IsRight { get; private set; } = true;

    /// <summary>Gets what was changed.</summary>
    public string Changes { get; private set; } = string.Empty;

    /// <summary>A file with one to four changes; a third of all files have none but harmless ones.</summary>
    public static FuzzedFile Of(byte[] file, Random random)
    {
        FuzzedFile fuzzed = new(file, random);
        bool harmless = random.Next(3) == 0;
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            if (harmless || random.Next(5) == 0)
            {
                fuzzed.Harmlessly();
            }
            else
            {
                fuzzed.Hostilely();
            }
        }

        return fuzzed;
    }

    public byte[] ToArray()
    {
        byte[] header = Encoding.UTF8.GetBytes(string.Concat(tokens));
        byte[] whole = [.. BitConverter.GetBytes((ulong)(header.Length + lengthOff)), .. header, .. data];
        if (Changes.Contains("byte", StringComparison.Ordinal))
        {
            whole[random.Next(whole.Length)] = (byte)random.Next(256);
        }

        return whole;
    }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|[-+.0-9eE]+|\\s+|.", RegexOptions.Singleline)]
    private static partial Regex Token();

    private static bool IsText(string token) => token.Length > 2 && token[0] == '"';

    private void Harmlessly()
    {
        int at;
        switch (random.Next(4))
        {
            case 0:
                Note("white space");
                tokens.Insert(random.Next(1, tokens.Count), random.Next(2) == 0 ? " " : "\r\n\t");
                break;
            case 1:
                // A letter of a name or a note as JSON may write it, too.
                Note("an escape");
                at = Any(token => IsText(token) && token[1] != '_');
                int letter = random.Next(1, tokens[at].Length - 1);
                if (char.IsAsciiLetter(tokens[at][letter]) && !tokens[at].Contains('\\', StringComparison.Ordinal))
                {
                    tokens[at] = tokens[at][..letter] + "\\u00" + ((int)tokens[at][letter]).ToString("x2", CultureInfo.InvariantCulture) + tokens[at][(letter + 1)..];
                }

                break;
            case 2 when !hasChecksum && data.Length > 0:
                Note("other values");
                data[random.Next(data.Length)] = (byte)random.Next(256);
                break;
            default:
                Note("a note");
                int notes = tokens.IndexOf("\"__metadata__\"");
                string text = $"\"{Guid(random)}\":\"{random.Next()}\"";
                if (notes < 0)
                {
                    tokens.InsertRange(1, ["\"__metadata__\"", ":", "{", text, "}", ","]);
                }
                else if (tokens.IndexOf("{", notes) is >= 0 and int open && tokens.FindIndex(open + 1, token => token.Trim().Length > 0) is int next)
                {
                    tokens.Insert(open + 1, tokens[next] == "}" ? text : text + ",");
                }

                break;
        }
    }

    private void Hostilely()
    {
        IsRight = false;
        int at = random.Next(tokens.Count), other = random.Next(tokens.Count);
        switch (random.Next(12))
        {
            case 0 or 1:
                Note("another number");
                tokens[Any(token => char.IsAsciiDigit(token[0]))] = Numbers[random.Next(Numbers.Length)];
                break;
            case 2:
                Note("another text");
                tokens[Any(IsText)] = Texts[random.Next(Texts.Length)];
                break;
            case 3:
                Note("a token twice");
                tokens.Insert(other, tokens[at]);
                break;
            case 4:
                Note("a token less");
                tokens.RemoveAt(at);
                break;
            case 5:
                Note("tokens that change places");
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 6:
                Note("a token more");
                tokens.Insert(at, random.Next(2) == 0 ? Texts[random.Next(Texts.Length)] : Numbers[random.Next(Numbers.Length)]);
                break;
            case 7:
                Note("a part twice");
                int length = random.Next(1, Math.Min(20, tokens.Count - at) + 1);
                tokens.InsertRange(other, tokens.GetRange(at, length));
                break;
            case 8:
                Note("nesting");
                int depth = random.Next(1, 2000);
                tokens.Insert(at, new string(random.Next(2) == 0 ? '[' : '{', depth));
                break;
            case 9:
                Note("another length");
                lengthOff = random.Next(4) switch { 0 => random.Next(-20, 20), 1 => 50_000_000, 2 => long.MaxValue, _ => random.NextInt64() };
                break;
            case 10:
                Note("more or less data");
                data = random.Next(2) == 0 ? data[..random.Next(data.Length + 1)] : [.. data, .. new byte[random.Next(1, 100)]];
                break;
            default:
                Note("a byte");
                break;
        }

        if (tokens.Count == 0)
        {
            tokens.Add("{");
        }
    }

    private static string Guid(Random random) => random.NextInt64().ToString("x", CultureInfo.InvariantCulture);

    private void Note(string change) => Changes += Changes.Length == 0 ? change : ", " + change;

    /// <summary>The place of some token of a kind, of any if there is none.</summary>
    private int Any(Predicate<string> isIt)
    {
        int[] places = [.. Enumerable.Range(0, tokens.Count).Where(place => isIt(tokens[place]))];
        return places.Length == 0 ? random.Next(tokens.Count) : places[random.Next(places.Length)];
    }
}
