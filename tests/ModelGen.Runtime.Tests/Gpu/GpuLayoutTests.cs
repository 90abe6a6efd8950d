using System;
using System.Text.RegularExpressions;
using ModelGen.Cpu;
using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Layouts of arguments that ILGPU may get wrong are rejected; those of all templates are not.</summary>
public class GpuLayoutTests
{
    [Fact]
    public void PaddingBeforeANarrowFieldIsRejected()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => GpuLayout.Check(typeof(Padded)));
        Assert.Contains("Padded.Count lies behind a struct that ends in padding", Regex.Replace(error.Message, "<(.*?)>k__BackingField", "$1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Ordered))]
    [InlineData(typeof(Filled))]
    [InlineData(typeof(GpuElements<Kernels.Line>.Arguments))]
    [InlineData(typeof(GpuElements<Kernels.Uniform>.Arguments))]
    [InlineData(typeof(GpuRows<Kernels.RowSums>.Arguments))]
    [InlineData(typeof(GpuFinish.Arguments))]
    public void OthersAreNot(Type arguments) => GpuLayout.Check(arguments);

    private readonly record struct Inner(GpuBuffer<float> X, int Length);

    private readonly record struct Padded(Inner Inner, int Count);

    private readonly record struct Ordered(int Count, Inner Inner, GpuBuffer<int> Indices);

    private readonly record struct Filled(RandomStream Stream, int Count, uint Other);
}
