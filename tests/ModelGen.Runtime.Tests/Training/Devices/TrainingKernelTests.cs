using System;
using ModelGen.Cpu;
using ModelGen.Gpu;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training.Devices;

/// <summary>The code that training's own kernels become; needs no device.</summary>
public sealed class TrainingKernelTests : IDisposable
{
    private readonly GpuOffline compiler = new();

    [Fact]
    public void They_calculate_with_floats_and_exactly()
    {
        foreach (GpuKernel kernel in (GpuKernel[])[.. GpuTrainingKernels.All, GpuUpdate<OwnOptimizer.Rule>.Kernel])
        {
            string ptx = compiler.Ptx(kernel);
            Assert.DoesNotMatch(@"\.f64\b|\.approx", ptx);
            string source = compiler.OpenCl(kernel);
            Assert.DoesNotMatch(@"\bdouble\b", source);
            Assert.DoesNotMatch(@"\(float\)\s*\S+\s*[<>]=?\s*\(float\)", source);
        }
    }

    [Fact]
    public void A_rule_with_other_fields_than_floats_is_an_error()
    {
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => GpuRule.Of(new Counting(1)));
        Assert.Contains("The rule Counting cannot run on a device: its fields must be at most 16 numbers of type float.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_a_rule_of_too_many_numbers_within_structs()
    {
        GpuRule.Of(new Half(1f));
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => GpuRule.Of(new Whole(new Half(1f), new Half(2f), 3f)));
        Assert.Contains("The rule Whole cannot run on a device: its fields must be at most 16 numbers of type float.", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => compiler.Dispose();

    private readonly struct Half(float value)
    {
        public (float, float, float, float, float, float, float, float) Values { get; } = (value, value, value, value, value, value, value, value);
    }

    private readonly struct Whole(Half first, Half second, float last)
    {
        public (Half, Half, float) All { get; } = (first, second, last);
    }

    private readonly struct Counting(int count) : IUpdateRule
    {
        public static int Slots => 0;

        public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
            where V : struct, ISimd<V> => parameter += V.Broadcast(count);
    }
}
