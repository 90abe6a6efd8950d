using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using ModelGen.Proofs;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Classes written at random: whatever is fused with whatever, compiled is eager, and gradients are finite differences.</summary>
/// <remarks>The environment variable <c>MODELGEN_RANDOM_MODELS</c> tries that many classes instead of a few.</remarks>
[OnEveryDevice]
public sealed class RandomModelTests
{
    private const int PerGroup = 6;

    public static TheoryData<int> Groups()
    {
        string? count = Environment.GetEnvironmentVariable("MODELGEN_RANDOM_MODELS");
        return [.. Enumerable.Range(0, count is null ? 4 : int.Parse(count, CultureInfo.InvariantCulture) / PerGroup)];
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void CompiledIsEager(int group)
    {
        int[] seeds = [.. Enumerable.Range(group * PerGroup, PerGroup)];
        string[] sources = [.. seeds.Select(seed => RandomModel.Source(Name(seed), seed, statements: 4 + (seed % 7)))];
        string[] differences = [.. seeds.Zip(sources, (seed, source) => Fault(source, seed) is { } fault ? $"{fault}\n{Shrunk(source, seed, fault)}" : null).OfType<string>()];
        ProofReport.Add($"random models: {seeds.Length} tried, {differences.Length} faults");
        Assert.True(differences.Length == 0, string.Join("\n\n", differences));
    }

    private static string Name(int seed) => "Net" + seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is wrong with a model, or null.</summary>
    private static string? Fault(string source, int seed)
    {
        try
        {
            return Check(CompiledModels.Compile(source), seed).FirstOrDefault();
        }
        catch (Exception error) when (error.GetBaseException() is InvalidOperationException { Message: string message })
        {
            return message;
        }
    }

    /// <summary>The smallest model found that has a fault of the same kind: its own faults as a source, which shrinking makes, are others.</summary>
    private static string Shrunk(string source, int seed, string fault) =>
        Shrinker.Shrink(source, smaller => Fault(smaller, seed) is { } other && other.Contains("MG", StringComparison.Ordinal) == fault.Contains("MG", StringComparison.Ordinal)
            && other.Contains("MG0099", StringComparison.Ordinal) == fault.Contains("MG0099", StringComparison.Ordinal) && !other.Contains("CS", StringComparison.Ordinal));

    private static IEnumerable<string> Check(CompiledModels compiled, int seed)
    {
        foreach (int[] sizes in (int[][])[[1, 1], [3, 5]])
        {
            using Model model = compiled.Create(Name(seed), seed: (ulong)seed);
            Shake(model, seed);
            Trial trial = new(model, "Loss", sizes);
            foreach (Action check in (Action[])[() => trial.SameForward("Predict", 1e-4), () => trial.SameLoss(1e-4), () => Gradients(trial)])
            {
                if (Record.Exception(check) is { } failure)
                {
                    yield return $"{Name(seed)} at [{string.Join(", ", sizes)}]: {failure.GetBaseException().Message}";
                }
            }
        }

        if (!HasSameBits(compiled, seed))
        {
            yield return $"{Name(seed)}: another run, or another number of threads, gives other bits";
        }
    }

    /// <summary>Gives every parameter values of its own: biases of 0 hide what is wrong with them, and a norm's mean of 0 leaves nothing but rounding errors.</summary>
    private static void Shake(Model model, int seed)
    {
        Random random = new(seed);
        foreach (Parameter parameter in model.Parameters)
        {
            foreach (ref float value in parameter.Values)
            {
                value += (random.NextSingle() - 0.5f) * 0.6f;
            }
        }
    }

    /// <summary>Whether the loss and all gradients are the same, bit by bit, in two runs and for any number of threads, on sizes that keep several of them busy.</summary>
    private static bool HasSameBits(CompiledModels compiled, int seed)
    {
        Device[] devices = TestDevice.Current.Kind == DeviceKind.Cpu
            ? [Device.CpuWith(1), Device.CpuWith(1), Device.CpuWith(2), Device.CpuWith(7)]
            : [TestDevice.Current, TestDevice.Current];
        uint[][] bits = [.. devices.Select(device =>
        {
            using Model model = compiled.Create(Name(seed), seed: (ulong)seed, device);
            return new Trial(model, "Loss", [53, 37]).Bits();
        })];
        return bits.All(bits[0].SequenceEqual);
    }

    private static void Gradients(Trial trial)
    {
        (double error, string parameter) = trial.WorstGradient();
        Assert.True(error < 1e-3, $"d{parameter} is off by {error}");
    }
}
