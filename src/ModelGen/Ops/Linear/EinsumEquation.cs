using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace ModelGen.Ops;

/// <summary>An equation of <c>Einsum</c>: the letters of every operand's axes, and those of the result.</summary>
/// <remarks><c>…</c> stands for the axes without a letter; of the result it is null where the equation does not say what that is.</remarks>
internal sealed record EinsumEquation(ImmutableArray<string> Operands, string? Result)
{
    /// <summary>The letter of <c>...</c> within the texts.</summary>
    public const char Others = '…';

    /// <summary>Reads <c>bij,bjk->bik</c>.</summary>
    /// <param name="problem">What is wrong, as the end of a sentence about the equation; null for nothing.</param>
    public static EinsumEquation? Parse(string text, out string? problem)
    {
        string short_ = text.Replace(" ", string.Empty).Replace("...", Others.ToString());
        string[] sides = short_.Split(["->"], System.StringSplitOptions.None);
        ImmutableArray<string> operands = [.. sides[0].Split(',')];
        string? result = sides.Length > 1 ? sides[1] : null;
        problem = sides.Length > 2 ? "has '->' twice" : operands.Append(result ?? string.Empty).Select(Wrong).FirstOrDefault(wrong => wrong is not null) ?? WrongResult(operands, result);
        return problem is null ? new EinsumEquation(operands, result) : null;
    }

    /// <summary>The result's letters; where the equation does not say, the other axes and then those letters that occur once, in alphabetical order.</summary>
    public string ResultLetters()
    {
        if (Result is not null)
        {
            return Result;
        }

        string all = string.Concat(Operands);
        string others = all.IndexOf(Others) >= 0 ? Others.ToString() : string.Empty;
        return others + string.Concat(all.Where(letter => letter != Others && all.Count(other => other == letter) == 1).OrderBy(letter => letter));
    }

    private static string? Wrong(string letters)
    {
        char stranger = letters.FirstOrDefault(letter => letter is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or Others));
        return stranger != default ? $"has '{stranger}', which is no letter for an axis"
            : letters.Count(letter => letter == Others) > 1 ? "has '...' twice in one operand"
            : null;
    }

    private static string? WrongResult(IEnumerable<string> operands, string? result)
    {
        string all = string.Concat(operands);
        foreach (char letter in result ?? string.Empty)
        {
            if (result!.Count(other => other == letter) > 1)
            {
                return $"has '{letter}' twice in its result, where every letter is one axis";
            }

            if (all.IndexOf(letter) < 0)
            {
                return $"has '{(letter == Others ? "..." : letter.ToString())}' in its result and in no operand";
            }
        }

        return null;
    }
}
