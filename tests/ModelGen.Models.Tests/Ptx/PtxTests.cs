using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>A check for CUDA without a GPU: NVIDIA's assembler takes every kernel of the snapshot models, of the samples and of the runtime.</summary>
public sealed partial class PtxTests(PtxReport report, ITestOutputHelper output) : IClassFixture<PtxReport>
{
    /// <summary>What every CUDA device gives a thread group without being asked for more.</summary>
    private const int MostShared = 48 * 1024;

    /// <summary>Gets the processors: A100 and H100.</summary>
    public static IEnumerable<string> Architectures => ["sm_80", "sm_90"];

    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (string model in PtxKernels.Names)
        {
            foreach (string architecture in Architectures)
            {
                rows.Add(model, architecture);
            }
        }

        return rows;
    }

    [PtxasTheory]
    [MemberData(nameof(Rows))]
    public void EveryKernelAssembles(string model, string architecture)
    {
        IReadOnlyList<PtxKernel> kernels = PtxKernels.Of(model);
        Assert.NotEmpty(kernels);
        ConcurrentBag<string> faults = [];
        Parallel.ForEach(kernels, kernel =>
        {
            Assembled assembled = Ptxas.Assemble(kernel.Text, architecture);
            report.Add(model, kernel.Name, architecture, assembled);
            foreach (string fault in Faults(kernel, assembled))
            {
                faults.Add($"{kernel.Name} on {architecture} {fault} "
                    + $"({assembled.Registers} registers, {assembled.Spilled} bytes spilled, {assembled.Shared} bytes of shared memory)");
            }
        });
        output.WriteLine(report.Table(model));
        Assert.True(faults.IsEmpty, string.Join("\n", faults.Order()));
    }

    private static IEnumerable<string> Faults(PtxKernel kernel, Assembled assembled)
    {
        if (assembled.Error is not null)
        {
            yield return $"does not assemble: {assembled.Error}";
        }

        if (assembled.Spilled > 0)
        {
            yield return "needs more registers than there are";
        }

        if (assembled.Stack > 0 || kernel.Text.Contains(".local", StringComparison.Ordinal))
        {
            yield return $"keeps {assembled.Stack} bytes of each thread in memory";
        }

        if (assembled.Shared > MostShared)
        {
            yield return $"takes more than {MostShared} bytes of shared memory";
        }

        if (kernel.Text.Contains(".func", StringComparison.Ordinal))
        {
            yield return "calls functions";
        }

        foreach (Match instruction in Unwanted().Matches(kernel.Text))
        {
            yield return $"has the instruction {instruction.Value.Trim()}";
        }
    }

    /// <summary>Double precision, which many devices are slow at, and approximations, which the runtime's own functions take the place of.</summary>
    [GeneratedRegex(@"^\s*(@%p\d+\s+)?[a-z][\w.]*\.(f64|approx)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Unwanted();
}
