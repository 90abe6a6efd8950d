using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

[Collection(SeveralThreads.Name)]
public class LaunchTests
{
    [Fact]
    public void ElementsWithEveryTail()
    {
        for (int count = 0; count <= (4 * SimdWidth.Lanes) + 1; count++)
        {
            CheckElements(count, 1);
        }

        CheckElements(100_003, 1);
        CheckElements(100_003, 7);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 1_000_000)]
    [InlineData(7, 5)]
    [InlineData(1000, 37)]
    [InlineData(64, 100_000)]
    [InlineData(12_345, 0)]
    public void EveryRowIsInOneBlock(int rows, int elementsPerRow)
    {
        int blocks = Launch.RowBlocks(rows, elementsPerRow);
        Assert.InRange(blocks, Math.Min(rows, 1), Math.Min(rows, Launch.MaxBlocks));
        foreach (int threads in new[] { 1, 2, 7 })
        {
            using var seen = new NativeFloats(rows);
            seen.Span.Clear();
            Launch.Rows(new MarkRows(seen.Buffer), rows, elementsPerRow, threads);
            int last = 1;
            foreach (float block in seen.Span)
            {
                Assert.InRange(block, last, last + 1);
                last = (int)block;
            }

            Assert.Equal(Math.Max(blocks, 1), last);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(3)]
    public void WhatIsLargerThanTheCachesIsWrittenPastThem(int offset)
    {
        const int Count = (9 << 20) + 5;
        using NativeFloats x = NativeFloats.Random(Count, 1);
        using var y = new NativeFloats(Count + offset + 16);
        foreach (int threads in new[] { 1, 2 })
        {
            y.Span.Clear();
            Launch.Elements(new AddOne(x.Buffer, y.Buffer.At(offset)), Count, threads);
            for (int i = 0; i < Count; i++)
            {
                if (x.Span[i] + 1f != y.Span[i + offset])
                {
                    Assert.Fail($"{threads} threads: element {i} is {y.Span[i + offset]}, not {x.Span[i] + 1f}.");
                }
            }

            Assert.All(y.Span[..offset].ToArray(), value => Assert.Equal(0f, value));
            Assert.All(y.Span[(Count + offset)..].ToArray(), value => Assert.Equal(0f, value));
        }
    }

    [Fact]
    public void ColumnSumsAreTheSameForAnyNumberOfThreads()
    {
        const int Rows = 3001, Columns = 77;
        using NativeFloats x = NativeFloats.Random(Rows * Columns, 3);
        float[] one = ColumnSums(x, Rows, Columns, 1);
        Assert.Equal(one, ColumnSums(x, Rows, Columns, 2));
        Assert.Equal(one, ColumnSums(x, Rows, Columns, 7));
        for (int column = 0; column < Columns; column++)
        {
            double exact = 0;
            for (int row = 0; row < Rows; row++)
            {
                exact += x.Span[(row * Columns) + column];
            }

            Assert.Equal(exact, one[column], 1e-3);
        }
    }

    [Fact]
    public void NoBlocksSumToZero()
    {
        using var sums = new NativeFloats(33);
        Launch.SumBlocks(default, 0, 33, sums.Buffer);
        Assert.Equal(new float[33], sums.Span.ToArray());
        Assert.True(sums.MarginsUntouched);
    }

    [Fact]
    public void LaunchesAllocateNothing()
    {
        using NativeFloats x = NativeFloats.Random(100_000, 4);
        using var y = new NativeFloats(100_000);
        using var sums = new NativeFloats(64 * 100);
        using var total = new NativeFloats(100);
        Assert.Equal(0, SevenThreads.Allocated(() =>
        {
            Launch.Elements(new Double(x.Buffer, y.Buffer), 100_000, 7);
            Launch.Rows(new SumColumns(x.Buffer, sums.Buffer, 100), 1000, 100, 7);
            Launch.SumBlocks(sums.Buffer, Launch.RowBlocks(1000, 100), 100, total.Buffer);
        }));
    }

    private static void CheckElements(int count, int threads)
    {
        using NativeFloats x = NativeFloats.Random(count, count);
        using var y = new NativeFloats(count);
        Launch.Elements(new Double(x.Buffer, y.Buffer), count, threads);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(2 * x.Span[i], y.Span[i]);
        }

        Assert.True(y.MarginsUntouched);
    }

    private static float[] ColumnSums(NativeFloats x, int rows, int columns, int threads)
    {
        using var partials = new NativeFloats(Launch.MaxBlocks * columns);
        using var sums = new NativeFloats(columns);
        Launch.Rows(new SumColumns(x.Buffer, partials.Buffer, columns), rows, columns, threads);
        Launch.SumBlocks(partials.Buffer, Launch.RowBlocks(rows, columns), columns, sums.Buffer);
        return sums.Span.ToArray();
    }

    private readonly struct Double(Buffer<float> x, Buffer<float> y) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes => V.Store(y, index, V.Load(x, index, lanes) * V.Broadcast(2f), lanes);
    }

    private readonly struct AddOne(Buffer<float> x, Buffer<float> y) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes => V.Write(y, index, V.Load(x, index, lanes) + V.Broadcast(1f), lanes);
    }

    private readonly struct MarkRows(Buffer<float> seen) : IRowKernel
    {
        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            for (int row = first; row < end; row++)
            {
                seen[row] += block + 1;
            }
        }
    }

    private readonly struct SumColumns(Buffer<float> x, Buffer<float> partials, int columns) : IRowKernel
    {
        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            partials.At(block * columns).Span(columns).Clear();
            for (int row = first; row < end; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    partials[(block * columns) + column] += x[(row * columns) + column];
                }
            }
        }
    }
}
