using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>The vectors that kernels run with in each of the four modes: what a run with fewer instructions promises to test.</summary>
public class SimdWidthTests
{
    [Fact]
    public void TheModeDecidesTheWidth()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !File.Exists("/proc/cpuinfo"))
        {
            return;
        }

        string[] flags = [.. File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ')];
        (int lanes, bool fuses) = IsOff("HWIntrinsic") ? (1, false)
            : IsOff("AVX2") || !flags.Contains("avx2") ? (4, false)
            : IsOff("AVX512") || !flags.Contains("avx512vbmi") ? (8, true) // processors without it lower their clock for vectors of 16 lanes
            : (16, true);
        Assert.Equal((lanes, fuses), (SimdWidth.Lanes, SimdWidth.FusesMultiplyAdd));
    }

    private static bool IsOff(string set) => Environment.GetEnvironmentVariable("DOTNET_Enable" + set) == "0";
}
