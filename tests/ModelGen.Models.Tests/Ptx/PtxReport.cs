using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>What all kernels take of a multiprocessor, as a table: in the file that <c>MODELGEN_PTX_REPORT</c> names, when all tests have run.</summary>
public sealed class PtxReport : IDisposable
{
    private static readonly CompositeFormat Line = CompositeFormat.Parse("| {0} | {1} | {2} | {3} | {4} | {5} |\n");
    private readonly ConcurrentDictionary<(string Model, string Kernel), ConcurrentDictionary<string, Assembled>> kernels = [];

    internal void Add(string model, string kernel, string architecture, Assembled assembled) => kernels.GetOrAdd((model, kernel), _ => [])[architecture] = assembled;

    /// <summary>The table of one model, or of all.</summary>
    internal string Table(string? model = null)
    {
        string[] architectures = [.. PtxTests.Architectures];
        string both = string.Join(", ", architectures);
        StringBuilder table = new();
        Append("model", "kernel", $"registers, {both}", "shared memory, bytes", "stack, bytes", "spills, bytes");
        Append("---", "---", "---", "---", "---", "---");
        foreach (((string Model, string Kernel) name, ConcurrentDictionary<string, Assembled> by) in kernels
            .Where(kernel => model is null || kernel.Key.Model == model)
            .OrderBy(kernel => kernel.Key.Model, StringComparer.Ordinal).ThenBy(kernel => kernel.Key.Kernel, StringComparer.Ordinal))
        {
            Append(name.Model, name.Kernel, All(kernel => kernel.Registers), All(kernel => kernel.Shared), All(kernel => kernel.Stack), All(kernel => kernel.Spilled));

            string All(Func<Assembled, int> number) => string.Join(
                ", ", architectures.Select(architecture => by.TryGetValue(architecture, out Assembled? kernel) ? number(kernel).ToString(CultureInfo.InvariantCulture) : "–"));
        }

        return table.ToString();

        void Append(params ReadOnlySpan<object?> cells) => table.AppendFormat(CultureInfo.InvariantCulture, Line, cells);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("MODELGEN_PTX_REPORT") is { Length: > 0 } file && !kernels.IsEmpty)
        {
            File.WriteAllText(file, Table());
        }
    }
}
