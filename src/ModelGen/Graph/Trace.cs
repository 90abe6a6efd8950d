using System;
using System.Text;

namespace ModelGen.Graphs;

/// <summary>Sees the graph after each pass: writes it down if the project asks for it with <c>ModelGenTrace</c>, and checks it with <c>ModelGenVerify</c>.</summary>
internal sealed class Trace(bool isOn, bool verifies = false)
{
    private readonly StringBuilder text = new();

    /// <summary>Gets all that was written, as comments.</summary>
    public string Text => text.ToString();

    public bool IsOn { get; } = isOn;

    /// <summary>Writes a graph down, verifies it, and hands it on.</summary>
    public Graph Write(string pass, string entry, bool training, Graph graph)
    {
        if (verifies)
        {
            GraphVerifier.Verify(graph, pass);
        }

        Write(Title(pass, entry, training), () => graph.ToString());
        return graph;
    }

    /// <summary><c>Loss, training: after Lower</c></summary>
    public static string Title(string pass, string entry, bool training) => $"{entry}{(training ? ", training" : string.Empty)}: after {pass}";

    public void Write(string title, Func<string> content)
    {
        if (IsOn)
        {
            text.Append("// ---- ").Append(title).Append('\n');
            foreach (string line in content().TrimEnd('\n').Split('\n'))
            {
                text.Append("// ").Append(line).Append('\n');
            }

            text.Append("//\n");
        }
    }
}
