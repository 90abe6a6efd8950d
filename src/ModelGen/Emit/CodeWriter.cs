using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ModelGen.Emit;

/// <summary>Text of C#, line by line, with the indentation kept.</summary>
/// <param name="margin">The columns by which what is written will be indented elsewhere.</param>
internal sealed class CodeWriter(int margin = 0)
{
    private const int Width = 140;
    private readonly StringBuilder text = new();
    private int depth;

    public bool IsEmpty => text.Length == 0;

    /// <summary>Writes a line, or an empty one.</summary>
    public void Line(string line = "") => text.Append(line.Length == 0 ? string.Empty : new string(' ', depth * 4) + line).Append('\n');

    public void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Line(line);
        }
    }

    /// <summary>Writes lines that another writer holds.</summary>
    public void Append(CodeWriter other) => Lines(other.ToString().TrimEnd('\n').Split('\n'));

    /// <summary>Writes <c>start(item, item)end</c>, an item per line where one line is too short.</summary>
    public void List(string start, IReadOnlyList<string> items, string end)
    {
        string line = start + "(" + string.Join(", ", items) + ")" + end;
        if (margin + (depth * 4) + line.Length <= Width || items.Count == 0)
        {
            Line(line);
            return;
        }

        Line(start + "(");
        depth++;
        Lines(items.Select((item, index) => item + (index + 1 < items.Count ? "," : ")" + end)));
        depth--;
    }

    /// <summary>Writes a comment, on several lines where one is too short.</summary>
    public void Comment(string comment)
    {
        string line = "// ";
        foreach (string word in Words(comment))
        {
            if (margin + (depth * 4) + line.Length + word.Length > Width)
            {
                Line(line.TrimEnd());
                line = "//     ";
            }

            line += word;
        }

        Line(line.TrimEnd());
    }

    /// <summary>The pieces between which a line may be broken: behind a comma, before an arrow, behind a plus, but not within brackets.</summary>
    private static IEnumerable<string> Words(string comment)
    {
        int start = 0;
        int brackets = 0;
        for (int at = 0; at < comment.Length; at++)
        {
            brackets += comment[at] is '[' or '(' ? 1 : comment[at] is ']' or ')' ? -1 : 0;
            bool breaks = comment[at] == ' ' && brackets == 0 && at > 0 && (comment[at - 1] is ',' or '+' || (at + 1 < comment.Length && comment[at + 1] == '→'));
            if (breaks)
            {
                yield return comment.Substring(start, at + 1 - start);
                start = at + 1;
            }
        }

        yield return comment.Substring(start);
    }

    /// <summary>Writes a header and an opening brace; disposing the result closes it.</summary>
    public Scope Block(string header)
    {
        Line(header);
        return Block();
    }

    public Scope Block()
    {
        Line("{");
        depth++;
        return new Scope(this, "}");
    }

    /// <summary>Indents what is written until the result is disposed.</summary>
    public Scope Indent()
    {
        depth++;
        return new Scope(this, null);
    }

    public override string ToString() => text.ToString();

    public readonly struct Scope(CodeWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer.depth--;
            if (end is not null)
            {
                writer.Line(end);
            }
        }
    }
}
