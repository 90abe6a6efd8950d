using System;
using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>The known answers that the authors of Philox publish with Random123 (kat_vectors).</summary>
public class PhiloxTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0xff1dae59u, 0x6cd10df2u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0x2c3f628bu, 0xab4fd7adu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0xdd7ce038u, 0xf62a4c12u)]
    public void TwoWords(uint counter0, uint counter1, uint key, uint word0, uint word1) =>
        Assert.Equal((word0, word1), Philox.Philox2x32(counter0, counter1, key));

    [Fact]
    public void FourWords()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Philox4x32(0, 0, 0, 0, 0, 0));
        Assert.Equal(
            (0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu),
            Philox.Philox4x32(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue));
        Assert.Equal(
            (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            Philox.Philox4x32(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
    }

    [Fact]
    public void AStreamIsPhiloxKeyedByPhilox()
    {
        var stream = new RandomStream(0x299f31d0a4093822, 5, 6, 7);
        var (key, high, _, _) = Philox.Philox4x32(5, 6, 7, 0, 0xa4093822, 0x299f31d0);
        Assert.Equal((Philox.Philox2x32(41, high, key).Word0 >> 8) / 16777216f, stream.Uniform(41));
    }

    [Fact]
    public void NumbersAreUniform()
    {
        const int Count = 1 << 20;
        var stream = new RandomStream(42, 0, 1, 0);
        var histogram = new int[64];
        double sum = 0;
        for (uint element = 0; element < Count; element++)
        {
            float number = stream.Uniform(element);
            Assert.InRange(number, 0f, 1f - (1f / 16777216f));
            histogram[(int)(number * histogram.Length)]++;
            sum += number;
        }

        Assert.InRange(sum / Count, 0.499, 0.501);
        double expected = (double)Count / histogram.Length, chiSquare = 0;
        Array.ForEach(histogram, n => chiSquare += (n - expected) * (n - expected) / expected);
        Assert.InRange(chiSquare, 25, 120); // 63 degrees of freedom
    }
}
