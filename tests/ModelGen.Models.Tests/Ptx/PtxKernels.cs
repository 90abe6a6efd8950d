using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ModelGen.Gpu;
using ModelGen.Models.Tests.Compiled;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Tests.Snapshots;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>A kernel as PTX.</summary>
/// <param name="Name">What it does, and which variant of its template it is.</param>
/// <param name="Text">The PTX.</param>
internal sealed record PtxKernel(string Name, string Text)
{
    public static PtxKernel Of(GpuOffline compiler, GpuKernel kernel) => new($"{kernel} ({Variant(kernel.Method.DeclaringType!)})", compiler.Ptx(kernel));

    /// <summary>The template, and of a product its tile and the layouts of its factors.</summary>
    private static string Variant(Type template)
    {
        string name = template.Name.Split('`')[0];
        return template.GetGenericArguments() is [Type tile, Type left, Type right, ..] && left.IsGenericType
            ? $"{tile.Name} {left.GetGenericArguments()[0].Name} {right.GetGenericArguments()[0].Name}"
            : name;
    }
}

/// <summary>All kernels that are assembled, by what they belong to.</summary>
internal static partial class PtxKernels
{
    private static readonly Dictionary<string, Lazy<IReadOnlyList<PtxKernel>>> Sources = Find().ToDictionary(
        source => source.Name, source => new Lazy<IReadOnlyList<PtxKernel>>(() => Compile(source.Kernels())));

    /// <summary>Gets the models, and the two kinds of kernels that belong to none.</summary>
    public static IEnumerable<string> Names => Sources.Keys;

    public static IReadOnlyList<PtxKernel> Of(string name) => Sources[name].Value;

    private static IEnumerable<(string Name, Func<IEnumerable<GpuKernel>> Kernels)> Find()
    {
        foreach (object[] row in SnapshotModels.All)
        {
            yield return ($"snapshot {row[0]}", () => OfModels((string)row[1]));
        }

        foreach (string folder in Directory.GetDirectories(Path.Combine(Ptxas.Repository, "samples")).Order(StringComparer.Ordinal))
        {
            string[] files = [.. Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText).Where(text => Model().IsMatch(text))];
            if (files.Length > 0)
            {
                yield return ($"sample {Path.GetFileName(folder)}", () => OfModels(files));
            }
        }

        yield return ("elementwise", () => CompiledModels.Compile(ElementwiseTests.OneByOne).Classes.SelectMany(EntryKernels.Of).Distinct());
        yield return ("loss in blocks", () => CompiledModels.Compile(LinearCrossEntropyTests.Source).Classes.SelectMany(EntryKernels.Of).Distinct());
        yield return ("runtime", () => RuntimeKernels.Own);
        yield return ("products", () => RuntimeKernels.Products);
    }

    private static IEnumerable<GpuKernel> OfModels(params string[] files) => CompiledModels.CompileFiles(files).Classes.SelectMany(EntryKernels.Of).Distinct();

    private static IReadOnlyList<PtxKernel> Compile(IEnumerable<GpuKernel> kernels)
    {
        using GpuOffline compiler = new();
        return [.. kernels.Select(kernel => PtxKernel.Of(compiler, kernel)).OrderBy(kernel => kernel.Name, StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"\[(Model|Module)\b")]
    private static partial Regex Model();
}
