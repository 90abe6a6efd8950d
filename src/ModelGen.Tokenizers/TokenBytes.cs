using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace ModelGen;

/// <summary>The bytes of each token.</summary>
/// <remarks>Text is decoded from these: tokens that a model chose may be no whole characters, which is no error.</remarks>
/// <param name="name">The file they come from, for messages.</param>
internal sealed class TokenBytes(string name)
{
    private readonly Dictionary<int, byte[]> byId = [];
    private readonly bool[] single = new bool[256];

    /// <summary>Gets the number that is one more than the largest id.</summary>
    public int Count { get; private set; }

    public void Add(int id, byte[] bytes)
    {
        if (id is < 0 or int.MaxValue)
        {
            throw Because($"the id {id} is out of range");
        }

        if (bytes.Length == 0 || !byId.TryAdd(id, bytes))
        {
            throw Because($"token {id} is {(bytes.Length == 0 ? "empty" : "there twice")}");
        }

        Count = Math.Max(Count, id + 1);
        if (bytes.Length == 1)
        {
            single[bytes[0]] = true;
        }
    }

    /// <summary>Adds tokens that stand for themselves wherever they are in a text. A vocabulary may have them among its own.</summary>
    public void AddSpecial(IReadOnlyDictionary<string, int> tokens)
    {
        foreach ((string text, int id) in tokens)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (!byId.TryGetValue(id, out byte[]? known))
            {
                Add(id, bytes);
            }
            else if (!known.AsSpan().SequenceEqual(bytes))
            {
                throw Because($"the special token '{text}' has the id {id}, which is that of '{Encoding.UTF8.GetString(known)}'");
            }
        }
    }

    /// <summary>Every text can be written only where every byte is a token.</summary>
    public void RequireEveryByte()
    {
        int missing = Array.IndexOf(single, false);
        if (missing >= 0)
        {
            throw Because($"there is no token for the byte 0x{missing:X2} alone, so that not every text can be encoded");
        }
    }

    public string Decode(ReadOnlySpan<int> ids)
    {
        var bytes = new MemoryStream();
        for (int i = 0; i < ids.Length; i++)
        {
            bytes.Write(byId.TryGetValue(ids[i], out byte[]? token)
                ? token
                : throw new ArgumentOutOfRangeException(nameof(ids), ids[i], FormattableString.Invariant($"Token {i} is none of the vocabulary's.")));
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    public InvalidDataException Because(FormattableString what, Exception? inner = null) => new($"{name}: {FormattableString.Invariant(what)}.", inner);
}
