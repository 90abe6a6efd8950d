using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Emit;

/// <summary>The names of one C# scope: the place that resolves clashes. The first to ask for a name gets it, later ones get a number behind it.</summary>
internal sealed class NameScope(IEnumerable<string> taken)
{
    private readonly HashSet<string> names = [.. taken];

    public NameScope(params string[] taken)
        : this((IEnumerable<string>)taken)
    {
    }

    /// <summary>An identifier like the name that is free here, and no longer is.</summary>
    public string Add(string name)
    {
        string word = Identifier(name);
        string free = word;
        for (int number = 2; !names.Add(free); number++)
        {
            free = word + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return SyntaxFacts.GetKeywordKind(free) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(free) == SyntaxKind.None ? free : "@" + free;
    }

    /// <summary><c>hidden</c> as types and methods are written: <c>Hidden</c>.</summary>
    public static string Pascal(string name)
    {
        string word = Identifier(name);
        return char.ToUpperInvariant(word[0]) + word.Substring(1);
    }

    private static string Identifier(string name)
    {
        string word = string.Concat(name.Select(letter => SyntaxFacts.IsIdentifierPartCharacter(letter) ? letter : '_'));
        return word.Length > 0 && SyntaxFacts.IsIdentifierStartCharacter(word[0]) ? word : "_" + word;
    }
}
