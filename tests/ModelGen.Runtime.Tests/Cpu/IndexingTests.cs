using System;
using System.Linq;
using System.Runtime.InteropServices;
using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>Reads and writes at indices against loops that are obvious, for all row lengths around a vector's, and the same bits for any number of threads.</summary>
[Collection(SeveralThreads.Name)]
public sealed unsafe class IndexingTests
{
    /// <summary>Batch, size, count and row length; the last three have work for several threads.</summary>
    public static TheoryData<int, int, int, int> Sizes()
    {
        TheoryData<int, int, int, int> sizes = new()
        {
            { 0, 3, 4, 5 }, { 2, 3, 0, 5 }, { 2, 3, 4, 0 }, { 1, 1, 9, 3 }, { 1, 5000, 900, 33 }, { 3, 7, 40_000, 4 }, { 1, 900, 5000, 130 },
        };
        for (int inner = 1; inner <= (2 * SimdWidth.Lanes) + 1; inner++) sizes.Add(2, 5, 7, inner);
        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void IsWhatLoopsGive(int batch, int size, int count, int inner)
    {
        foreach ((int indexBatch, int indexInner) in new[] { (1, 1), (batch, 1), (1, inner), (batch, inner) })
        {
            int[] indices = Indices(indexBatch * count * indexInner, size);
            float[] whole = Values(batch * size * inner, 1), picked = Values(batch * count * inner, 2);
            int stride = indexBatch == 1 ? 0 : count * indexInner;
            int At(int b, int j, int i) => indices[(b * stride) + (j * indexInner) + (indexInner > 1 ? i : 0)];
            float[] gathered = new float[picked.Length], summed = new float[whole.Length], replaced = [.. whole];
            for (int b = 0; b < batch; b++)
            {
                for (int j = 0; j < count; j++)
                {
                    for (int i = 0; i < inner; i++)
                    {
                        int there = (((b * size) + At(b, j, i)) * inner) + i, here = (((b * count) + j) * inner) + i;
                        gathered[here] = whole[there];
                        summed[there] += picked[here];
                        replaced[there] = picked[here];
                    }
                }
            }

            foreach (int threads in new[] { 1, 2, 7 })
            {
                Check(gathered, indices, (k, f, y) =>
                {
                    using NativeFloats x = new(whole);
                    if (f is null) Indexing.Gather(batch, size, count, inner, stride, indexInner, x.Buffer, k, y, threads);
                    else Indexing.Gather(batch, size, count, inner, stride, indexInner, x.Buffer, f.Value, y, threads);
                });
                Check(summed, indices, (k, f, y) =>
                {
                    using NativeFloats source = new(picked);
                    if (f is null) Indexing.ScatterSum(batch, size, count, inner, stride, indexInner, source.Buffer, k, y, threads);
                    else Indexing.ScatterSum(batch, size, count, inner, stride, indexInner, source.Buffer, f.Value, y, threads);
                });
                Check(replaced, indices, (k, f, y) =>
                {
                    using NativeFloats x = new(whole), source = new(picked);
                    if (f is null) Indexing.Scatter(batch, size, count, inner, stride, indexInner, x.Buffer, source.Buffer, k, y, threads);
                    else Indexing.Scatter(batch, size, count, inner, stride, indexInner, x.Buffer, source.Buffer, f.Value, y, threads);
                });
            }
        }
    }

    [Fact]
    public void NumbersThatCannotNameEveryRowAreAnError()
    {
        using NativeFloats any = new(1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Indexing.Gather(1, (1 << 24) + 1, 1, 1, 0, 1, any.Buffer, any.Buffer, any.Buffer, 1));
        Assert.Contains("16777216", error.Message, StringComparison.Ordinal);
    }

    /// <summary>With indices as integers and as numbers; what surrounds the result must stay.</summary>
    private static void Check(float[] expected, int[] indices, Action<Buffer<int>, Buffer<float>?, Buffer<float>> run)
    {
        using NativeFloats asNumbers = new([.. indices.Select(index => (float)index)]), y = new(expected.Length);
        int[] pinned = indices.Length == 0 ? [0] : indices;
        fixed (int* start = pinned)
        {
            foreach (bool isNumber in new[] { false, true })
            {
                y.Span.Fill(float.NaN);
                run(new Buffer<int>(start), isNumber ? asNumbers.Buffer : null, y.Buffer);
                Assert.True(MemoryMarshal.AsBytes(y.Span).SequenceEqual(MemoryMarshal.AsBytes<float>(expected)));
                Assert.True(y.MarginsUntouched);
            }
        }
    }

    private static int[] Indices(int count, int size)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(size))];
    }

    private static float[] Values(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
