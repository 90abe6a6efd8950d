using System;

namespace ModelGen;

/// <summary>How names of parameters are meant: by their whole parts, which dots separate.</summary>
internal static class ParameterNames
{
    private const char Dot = '.';

    /// <summary>Whether a name is a path, or begins with its parts: <c>Gen1</c> leads to <c>Gen1.weight</c>, and not to <c>Gen10.weight</c>.</summary>
    public static bool Begins(ReadOnlySpan<char> name, ReadOnlySpan<char> path) =>
        name.StartsWith(path, StringComparison.Ordinal) && (name.Length == path.Length || name[path.Length] == Dot);

    /// <summary>Whether a name is another one in which stars stand for the numbers of repetitions, or that of one repetition.</summary>
    public static bool IsOneOf(ReadOnlySpan<char> name, ReadOnlySpan<char> repeated)
    {
        int star = repeated.IndexOf('*');
        if (star < 0 || name.SequenceEqual(repeated))
        {
            return name.SequenceEqual(repeated);
        }

        if (!name.StartsWith(repeated[..star], StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = name[star..].TrimStart("0123456789");
        return rest.Length < name.Length - star && IsOneOf(rest, repeated[(star + 1)..]);
    }

    /// <summary>Whether it does so for a path in which a star stands for any characters.</summary>
    public static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        int star = pattern.IndexOf('*');
        if (star < 0)
        {
            return Begins(name, pattern);
        }

        if (!name.StartsWith(pattern[..star], StringComparison.Ordinal))
        {
            return false;
        }

        for (int end = star; end <= name.Length; end++)
        {
            if (Matches(name[end..], pattern[(star + 1)..]))
            {
                return true;
            }
        }

        return false;
    }
}
