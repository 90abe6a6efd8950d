using System.Text;
using ModelGen.Graphs;

namespace ModelGen;

/// <summary>Writes down the graph after each pass, if the project asks for it with <c>ModelGenTrace</c>.</summary>
internal sealed class Trace(bool isOn)
{
    private readonly StringBuilder text = new();

    /// <summary>Gets all that was written, as comments.</summary>
    public string Text => text.ToString();

    public bool IsOn { get; } = isOn;

    /// <summary>Writes a graph and hands it on.</summary>
    public Graph Write(string pass, string entry, bool training, Graph graph)
    {
        Write($"{entry}{(training ? ", training" : string.Empty)}: after {pass}", () => graph.ToString());
        return graph;
    }

    public void Write(string title, System.Func<string> content)
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
