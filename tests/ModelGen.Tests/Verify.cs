using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Xunit;
using Xunit.Sdk;

namespace ModelGen.Tests;

/// <summary>
/// Snapshots by Verify's convention: the text must equal <c>Class.Method.verified.cs</c> beside the test's source, else
/// <c>Class.Method.received.cs</c> is written and the test fails. Verify.Xunit can take this file's place.
/// </summary>
public static class Verifier
{
    /// <summary>Compares a text with its snapshot.</summary>
    public static Task Verify(string text, string extension = "cs", [CallerFilePath] string source = "", [CallerMemberName] string method = "") =>
        Compare(text, Path.Combine(Path.GetDirectoryName(source)!, $"{Path.GetFileNameWithoutExtension(source)}.{method}"), extension);

    /// <summary>Compares several texts with their snapshots <c>Class.Method#Name.verified.cs</c>; a snapshot without a text fails, too.</summary>
    public static async Task Verify(
        IEnumerable<(string Name, string Text)> texts, string extension = "cs", [CallerFilePath] string source = "", [CallerMemberName] string method = "")
    {
        string folder = Path.GetDirectoryName(source)!;
        string stem = $"{Path.GetFileNameWithoutExtension(source)}.{method}#";
        HashSet<string> left = [.. Directory.GetFiles(folder, $"{stem}*.verified.{extension}")];
        List<string> failures = [];
        foreach ((string name, string text) in texts)
        {
            left.Remove(Path.Combine(folder, $"{stem}{name}.verified.{extension}"));
            Exception? failure = await Record.ExceptionAsync(() => Compare(text, Path.Combine(folder, stem + name), extension));
            failures.AddRange(failure is null ? [] : [failure.Message]);
        }

        failures.AddRange(left.Select(file => $"Nothing was generated for {file}."));
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static async Task Compare(string text, string stem, string extension)
    {
        string verifiedPath = $"{stem}.verified.{extension}";
        string receivedPath = $"{stem}.received.{extension}";
        string verified = File.Exists(verifiedPath) ? (await File.ReadAllTextAsync(verifiedPath)).Replace("\r\n", "\n", StringComparison.Ordinal) : string.Empty;
        if (verified.TrimEnd('\n') == text.TrimEnd('\n'))
        {
            File.Delete(receivedPath);
            return;
        }

        await File.WriteAllTextAsync(receivedPath, text);
        throw new XunitException($"The text differs from {verifiedPath}; what was received lies beside it.\n{Difference(verified, text)}");
    }

    /// <summary>The lines around the first difference, as a diff shows them.</summary>
    private static string Difference(string verified, string received)
    {
        string[] expected = verified.Split('\n');
        string[] actual = received.Split('\n');
        int first = 0;
        while (first < Math.Min(expected.Length, actual.Length) && expected[first] == actual[first])
        {
            first++;
        }

        int last = 0;
        while (last < Math.Min(expected.Length, actual.Length) - first && expected[^(last + 1)] == actual[^(last + 1)])
        {
            last++;
        }

        return $"@@ line {first + 1} @@\n"
            + Marked(' ', expected.AsSpan(Math.Max(0, first - 3)..first))
            + Marked('-', expected.AsSpan(first..(expected.Length - last)))
            + Marked('+', actual.AsSpan(first..(actual.Length - last)));
    }

    private static string Marked(char mark, ReadOnlySpan<string> lines)
    {
        string text = string.Empty;
        foreach (string line in lines)
        {
            text += $"{mark} {line}\n";
        }

        return text;
    }
}
