using System;

namespace ModelGen;

/// <summary>The letters by which vocabularies of bytes write them, a visible one for each.</summary>
/// <remarks>Bytes that are visible characters of Latin-1 stand for themselves; the others are, in ascending order, the letters from U+0100 on. So a space is
/// <c>Ġ</c>. Source: A. Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, and the vocabulary that came with it.</remarks>
internal static class ByteLetters
{
    private const int FirstLetter = 0x100;

    private static readonly char[] Letters = MakeLetters();
    private static readonly int Beyond = Array.FindAll(Letters, letter => letter >= FirstLetter).Length + FirstLetter;
    private static readonly int[] Bytes = MakeBytes();

    /// <summary>The letter of a byte.</summary>
    public static char Of(byte value) => Letters[value];

    /// <summary>The byte of a letter, or -1 where it stands for none.</summary>
    public static int ByteOf(char letter) => letter < Beyond ? Bytes[letter] : -1;

    private static char[] MakeLetters()
    {
        char[] letters = new char[256];
        int next = FirstLetter;
        for (int value = 0; value < letters.Length; value++)
        {
            letters[value] = value is (>= '!' and <= '~') or (>= '¡' and <= '¬') or (>= '®' and <= 'ÿ') ? (char)value : (char)next++;
        }

        return letters;
    }

    private static int[] MakeBytes()
    {
        int[] bytes = new int[Beyond];
        Array.Fill(bytes, -1);
        for (int value = 0; value < Letters.Length; value++)
        {
            bytes[Letters[value]] = value;
        }

        return bytes;
    }
}
