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
        CompiledModels compiled = CompiledModels.Compile(string.Join('\n', sources));
        string[] differences = [.. seeds.SelectMany((seed, index) => Check(compiled, seed).Take(1).Select(difference => difference + "\n" + Shrunk(sources[index], seed)))];
        ProofReport.Add($"random models: {seeds.Length} tried, {differences.Length} faults");
        Assert.True(differences.Length == 0, string.Join("\n\n", differences));
    }

    private static string Name(int seed) => "Net" + seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>The smallest model found that has a fault, too.</summary>
    private static string Shrunk(string source, int seed) => Shrinker.Shrink(source, smaller =>
    {
        try
        {
            return Check(CompiledModels.Compile(smaller), seed).Any();
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    });

    private static IEnumerable<string> Check(CompiledModels compiled, int seed)
    {
        foreach (int[] sizes in (int[][])[[1, 1], [3, 5]])
        {
            using Model model = compiled.Create(Name(seed), seed: (ulong)seed);
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
