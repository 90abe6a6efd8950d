using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace ModelGen;

/// <summary>Identifies a model's structure in the files of its parameters.</summary>
internal static class Fingerprint
{
    /// <summary>SHA-256, in hexadecimal, over the parameters and the graphs of all entries.</summary>
    public static string Of(ModelAnalysis analysis)
    {
        StringBuilder text = new();
        foreach (Passes.ModelParameter parameter in analysis.Parameters)
        {
            text.Append(parameter.Name).Append(' ').Append(parameter.Whole).Append('\n');
        }

        foreach (EntryPath path in analysis.Paths)
        {
            text.Append(string.Join("\n", path.Graph.Nodes.Select(node => node.ToString())));
        }

        using SHA256 hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())), 0, 16).Replace("-", string.Empty);
    }
}
