using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>A check for CUDA without a GPU: NVIDIA's assembler takes every kernel of the snapshot models, of the samples, of elementwise ops and of the runtime.</summary>
public sealed class PtxTests(PtxReport report, ITestOutputHelper output) : IClassFixture<PtxReport>
{
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
            foreach (string fault in PtxCheck.Faults(kernel, assembled, architecture))
            {
                faults.Add(fault);
            }
        });
        output.WriteLine(report.Table(model));
        Assert.True(faults.IsEmpty, string.Join("\n", faults.Order()));
    }
}
