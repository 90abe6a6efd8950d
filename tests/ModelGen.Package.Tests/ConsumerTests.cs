using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Package.Tests;

/// <summary>A user's project, built outside the repository from the packages.</summary>
[Collection(nameof(Packed))]
public class ConsumerTests(PackedFixture packed, ITestOutputHelper output)
{
    private const double Tolerated = 1.5;

    [Fact]
    public void ItTrainsSavesAndReloadsInBothConfigurationsAndDebugIsNotSlower()
    {
        ConsumerProject consumer = packed.NewProject("Consumer", withSources: true);
        foreach (string configuration in (string[])["Debug", "Release"])
        {
            consumer.Build(configuration);
            Assert.Equal("optimised: True, runtime: True\nsteps: 640, learned: True\nsame: True, close: True", Lines(consumer.Run(configuration)));
        }

        // A busy machine can slow one side: one attempt of three must hold.
        List<double> ratios = [];
        while (ratios.Count < 3 && !ratios.Any(ratio => ratio <= Tolerated))
        {
            ratios.Add(DebugToRelease(consumer));
        }

        output.WriteLine($"Debug to Release: {string.Join(", ", ratios)}");
        Assert.Contains(ratios, ratio => ratio <= Tolerated);
    }

    [Fact]
    public void ItCanTurnOptimisationOff()
    {
        ConsumerProject consumer = packed.NewProject("Unoptimised", withSources: true);
        consumer.Build("Debug");
        consumer.Build("Debug", "-p:ModelGenOptimize=false");
        Assert.StartsWith("optimised: False, runtime: True\n", Lines(consumer.Run("Debug")), StringComparison.Ordinal);
    }

    [Fact]
    public void ItCanTraceThePasses()
    {
        ConsumerProject consumer = packed.NewProject("Traced", withSources: true);
        consumer.Build("Release", "-p:ModelGenTrace=true");
        string trace = consumer.Generated("Release", "Consumer.Wide.Trace.g.cs");
        Assert.Contains("after InferShapes", trace, StringComparison.Ordinal);
        Assert.Contains("after EliminateDead", trace, StringComparison.Ordinal);
    }

    [NativeAotFact]
    public void ItIsPublishedAheadOfTimeWithoutAnythingForDevices()
    {
        ConsumerProject consumer = packed.NewProject("Ahead", withSources: true);
        string published = consumer.Publish("-p:PublishAot=true");
        Assert.Equal("optimised: True, runtime: True\nsteps: 640, learned: True\nsame: True, close: True", Lines(Dotnet.RunProgram(published, "Consumer")));
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            Assert.Equal("8", Lines(Dotnet.RunProgram(published, "Consumer", "lanes")));
        }

        foreach (string file in Directory.EnumerateFiles(published).Where(file => Path.GetExtension(file) != ".dbg"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            output.WriteLine($"{Path.GetFileName(file)}: {bytes.Length / 1024:N0} KB");
            Assert.DoesNotContain("ILGPU", Path.GetFileName(file), StringComparison.OrdinalIgnoreCase);

            // The runtime's assembly attributes name ILGPURuntime, an assembly that exists only while ILGPU compiles.
            string text = Encoding.Latin1.GetString(bytes).Replace("ILGPURuntime", string.Empty, StringComparison.Ordinal);
            Assert.False(text.Contains("ILGPU", StringComparison.Ordinal), $"{file} holds something of ILGPU");
            Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("ILGPU")) < 0, $"{file} holds something of ILGPU");
        }
    }

    /// <summary>The median of several runs of each, in turn.</summary>
    private static double DebugToRelease(ConsumerProject consumer)
    {
        var rounds = Enumerable.Range(0, 5).Select(_ => (Debug: Milliseconds(consumer, "Debug"), Release: Milliseconds(consumer, "Release"))).ToList();
        return Median(rounds.Select(round => round.Debug)) / Median(rounds.Select(round => round.Release));
    }

    private static double Milliseconds(ConsumerProject consumer, string configuration) => double.Parse(consumer.Run(configuration, "time"), CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private static string Lines(string output) => output.ReplaceLineEndings("\n").TrimEnd();
}
