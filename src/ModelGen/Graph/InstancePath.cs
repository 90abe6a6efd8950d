using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace ModelGen.Graphs;

/// <summary>One index on the way to an instance: of <paramref name="Count"/> copies the one at <paramref name="Start"/> plus, with a loop, its iteration.</summary>
/// <param name="Loop">The loop's number, or null for a constant.</param>
internal sealed record PathIndex(int? Loop, int Start, int Count);

/// <summary>
/// The way from the model to one of its layers: <c>Blocks[@5+0/4].Expand</c> is the layer Expand of the module that iteration of loop 5 works on, of four.
/// <c>Blocks[2/4].Expand</c> is that of the third.
/// </summary>
internal static class InstancePath
{
    public static string Child(string path, string name) => path.Length == 0 ? name : path + "." + name;

    public static string Element(string path, string name, PathIndex index) => string.Format(
        CultureInfo.InvariantCulture, "{0}[{1}{2}/{3}]", Child(path, name), index.Loop is { } loop ? $"@{loop}+" : string.Empty, index.Start, index.Count);

    /// <summary>The name in files, with <c>*</c> in the place of an index: <c>Blocks.*.Expand</c>.</summary>
    public static string Name(string path) => string.Concat(Split(path).Select(part => part.StartsWith("[", StringComparison.Ordinal) ? ".*" : part));

    public static ImmutableArray<PathIndex> Indexes(string path) =>
        [.. Split(path).Where(part => part.StartsWith("[", StringComparison.Ordinal)).Select(Parse)];

    private static IEnumerable<string> Split(string path)
    {
        foreach (string part in path.Split(']'))
        {
            int open = part.IndexOf('[');
            yield return open < 0 ? part : part.Substring(0, open);
            if (open >= 0)
            {
                yield return part.Substring(open);
            }
        }
    }

    private static PathIndex Parse(string part)
    {
        string[] sides = part.Substring(1).Split('/');
        int count = int.Parse(sides[1], CultureInfo.InvariantCulture);
        if (!sides[0].StartsWith("@", StringComparison.Ordinal))
        {
            return new PathIndex(null, int.Parse(sides[0], CultureInfo.InvariantCulture), count);
        }

        string[] loop = sides[0].Substring(1).Split('+');
        return new PathIndex(int.Parse(loop[0], CultureInfo.InvariantCulture), int.Parse(loop[1], CultureInfo.InvariantCulture), count);
    }
}
