using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Entries;
using ModelGen.Tests.Training;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Data;

public sealed class DatasetTests
{
    private static readonly Dataset Ten = SoftmaxRegression.Data(
        Enumerable.Range(0, 20).Select(i => (float)i).ToArray(), Enumerable.Range(0, 10).ToArray());

    [Fact]
    public void Batches_hold_the_examples_and_the_last_one_what_is_left()
    {
        var sizes = new List<int>();
        var labels = new List<int>();
        foreach (Batch batch in Ten.Batches(4))
        {
            sizes.Add(batch.Count);
            labels.AddRange(batch.Ints(1).ToArray());
            Assert.Equal(batch.Ints(1)[^1] * 2f, batch.Floats(0)[^2]);
        }

        Assert.Equal([4, 4, 2], sizes);
        Assert.Equal(Enumerable.Range(0, 10), labels);
    }

    [Fact]
    public void Parts_share_the_columns()
    {
        Assert.Equal([0, 1, 2], Labels(Ten.Take(3)));
        Assert.Equal([7, 8, 9], Labels(Ten.Skip(7)));
        Assert.Equal([4, 5], Labels(Ten.Skip(2).Skip(2).Take(2)));
        Assert.Equal(0, Ten.Skip(99).Count);
        Assert.Equal(10, Ten.Take(99).Count);
    }

    [Fact]
    public void A_split_shares_nothing_and_is_repeatable()
    {
        (Dataset first, Dataset second) = Ten.Split(0.7, seed: 3);
        Assert.Equal((7, 3), (first.Count, second.Count));
        Assert.Equal(Enumerable.Range(0, 10), Labels(first).Concat(Labels(second)).Order());
        Assert.NotEqual(Enumerable.Range(0, 7), Labels(first));
        Assert.Equal(Labels(first), Labels(Ten.Split(0.7, seed: 3).First));
        Assert.NotEqual(Labels(first), Labels(Ten.Split(0.7, seed: 4).First));
        Assert.Equal(Labels(first).Skip(2).Take(3), Labels(first.Skip(2).Take(3)));
    }

    [Fact]
    public void Every_epoch_has_an_order_of_its_own()
    {
        int[] first = Shuffled(1, 0);
        Assert.Equal(Enumerable.Range(0, 10), first.Order());
        Assert.Equal(first, Shuffled(1, 0));
        Assert.NotEqual(first, Shuffled(1, 1));
        Assert.NotEqual(first, Shuffled(2, 0));
    }

    [Fact]
    public void Orders_are_uniform()
    {
        int[] counts = new int[24];
        int[] order = new int[4];
        for (ulong epoch = 0; epoch < 24_000; epoch++)
        {
            Shuffle.Fill(order, 1, epoch);
            counts[(order[0] * 6) + (order[1..].Count(value => value < order[1]) * 2) + (order[2] < order[3] ? 0 : 1)]++;
        }

        Assert.True(counts.Sum(count => Math.Pow(count - 1000, 2) / 1000) < 50);
    }

    [Fact]
    public void Filling_a_batch_allocates_nothing()
    {
        Batch batch = Ten.NewBatch(3);
        int[] indices = [5, 5, 0];
        Assert.Equal(0, Allocations.Of(() => Ten.Fill(batch, indices)));
        Assert.Equal([5, 5, 0], batch.Ints(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Fill(batch, [10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Fill(batch, [0, 1, 2, 3]));
        Assert.Throws<ArgumentException>(() => SoftmaxRegression.Clusters(3).Fill(batch, [0]));
    }

    [Fact]
    public void Columns_that_do_not_fit_are_named()
    {
        Assert.Contains("'x' has 2 values per example, but 5", Error(new float[5], new int[2]), StringComparison.Ordinal);
        Assert.Contains("'x' has 2 examples, 'target' has 3", Error(new float[4], new int[3]), StringComparison.Ordinal);
        Assert.Contains("'target' expects a column of Int, but Float was given", Error(new float[4], new float[2]), StringComparison.Ordinal);
        Assert.Contains("2 inputs, but 1 columns", Error(new float[4]), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_open_dimensions_are_fixed()
    {
        LossEntry entry = Sequence("batch", "time");
        var data = new Dataset(entry, [3], new float[24], new int[12]);
        Assert.Equal(4, data.Count);
        Batch batch = data.NewBatch(2);
        data.Fill(batch, [0, 3]);
        Assert.Equal([3, 2], batch.Sizes.ToArray());
        Assert.Throws<ArgumentException>(() => new Dataset(entry, [], new float[24], new int[12]));
        Assert.Throws<ArgumentException>(() => new Dataset(entry, [0], new float[24], new int[12]));
        Assert.Throws<ArgumentException>(() => new Dataset(Sequence("time", "batch"), [3], new float[24], new int[12]));
    }

    /// <summary>Open dimensions in the order time, batch; labels [first, second].</summary>
    private static LossEntry Sequence(string first, string second) => new()
    {
        Name = "Loss",
        Kind = EntryKind.Loss,
        Dimensions = ["time", "batch"],
        Inputs =
        [
            new("x", ElementType.Float, [Dimension.Parse("batch"), Dimension.Parse("2*time")]),
            new("target", ElementType.Int, [Dimension.Parse(first), Dimension.Parse(second)]),
        ],
        Outputs = [],
        Run = _ => { },
        Train = _ => { },
    };

    private static string Error(params DataColumn[] columns) =>
        Assert.Throws<ArgumentException>(() => new Dataset(SoftmaxRegression.LossEntry, [], columns)).Message;

    private static int[] Labels(Dataset data) => [.. data.Batches(3).SelectMany(batch => batch.Ints(1).ToArray())];

    private static int[] Shuffled(ulong seed, int epoch) => [.. Ten.Batches(3, seed, epoch).SelectMany(batch => batch.Ints(1).ToArray())];
}
