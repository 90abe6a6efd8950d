using System;
using System.Linq;
using System.Threading.Tasks;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Sequences;

/// <summary>Values that are carried from call to call: what they hold, and who may use them.</summary>
[OnEveryDevice]
public sealed class CarriedStateTests
{
    private const float Tolerance = 1e-5f;

    public static TheoryData<int> Batches() => [1, 3];

    /// <summary>Words in parts give what all words at once give, and leave the states that they leave.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void AnLstmReadsASequenceInParts(int batch)
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        int[,] words = Words(batch, 21);
        float[,,] whole = model.Predict(words);
        LstmReader.State allAtOnce = model.NewState(batch);
        AssertNear(model.Predict(allAtOnce, words), whole, 0);
        foreach (int[] parts in new int[][] { [7, 13, 1], [.. Enumerable.Repeat(1, 21)] })
        {
            LstmReader.State state = model.NewState(batch);
            int start = 0;
            foreach (int part in parts)
            {
                AssertNear(model.Predict(state, Part(words, start, part)), whole, start);
                start += part;
            }

            AssertNear(allAtOnce.Hidden, state.Hidden);
            AssertNear(allAtOnce.Cell, state.Cell);
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void AGruReadsASequenceInParts(int batch)
    {
        using GruReader model = new(TestDevice.Current, seed: 4);
        int[,] words = Words(batch, 21);
        float[,,] whole = model.Predict(words);
        foreach (int[] parts in new int[][] { [7, 13, 1], [.. Enumerable.Repeat(1, 21)] })
        {
            GruReader.State state = model.NewState(batch);
            int start = 0;
            foreach (int part in parts)
            {
                AssertNear(model.Predict(state, Part(words, start, part)), whole, start);
                start += part;
            }
        }
    }

    [Fact]
    public void ACallWithoutAStateBeginsWithZerosAndKeepsNothing()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        int[,] words = Words(2, 5);
        float[,,] first = model.Predict(words);
        Assert.Equal(first, model.Predict(words));
        LstmReader.State state = model.NewState(batch: 2);
        AssertNear(model.Predict(state, words), first, 0);
        float[,,] continued = model.Predict(state, words);
        Assert.NotEqual(first[0, 0, 0], continued[0, 0, 0]);
        state.Reset();
        AssertNear(model.Predict(state, words), first, 0);
    }

    [Fact]
    public void ValuesAreReadAndWrittenByName()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        LstmReader.State first = model.NewState(batch: 2), second = model.NewState(batch: 2);
        Assert.Equal((10, 10), (first.Hidden.Length, first.Cell.Length));
        Assert.All(first.Hidden.ToArray(), value => Assert.Equal(0, value));
        model.Predict(first, Words(2, 5));
        first.Hidden.CopyTo(second.Hidden);
        first.Cell.CopyTo(second.Cell);
        Assert.Equal(model.Predict(first, Words(2, 1)), model.Predict(second, Words(2, 1)));
    }

    [Fact]
    public void ACloneGoesItsOwnWay()
    {
        using GruReader model = new(TestDevice.Current, seed: 4);
        GruReader.State state = model.NewState(batch: 1);
        model.Predict(state, Words(1, 5));
        GruReader.State clone = state.Clone();
        float[] before = state.Hidden.ToArray();
        float[,,] next = model.Predict(clone, Words(1, 2));
        Assert.Equal(before, state.Hidden.ToArray());
        Assert.Equal(next, model.Predict(state, Words(1, 2)));
    }

    [Fact]
    public void ACallThatFailsLeavesTheStateAsItWas()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        LstmReader.State state = model.NewState(batch: 1);
        model.Predict(state, Words(1, 3));
        float[] hidden = state.Hidden.ToArray(), cell = state.Cell.ToArray();
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(state, new[,] { { 1, 11 } }));
        Assert.Throws<ArgumentException>(() => model.Predict(state, [1, 2], 1, 2, new float[21]));
        Assert.Throws<ArgumentException>(() => model.Eager.Predict(state, Tensor.From(new int[3, 1])));
        Assert.Equal(hidden, state.Hidden.ToArray());
        Assert.Equal(cell, state.Cell.ToArray());
        model.Predict(state, Words(1, 1));
        Assert.NotEqual(hidden, state.Hidden.ToArray());
    }

    /// <summary>The values may be elsewhere during calls: what is read is what the last call left, and what is written what the next one begins with.</summary>
    [Fact]
    public void ValuesMayBeReadAndWrittenBetweenAnyCalls()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        LstmReader.State state = model.NewState(batch: 2), untouched = model.NewState(batch: 2);
        for (int call = 0; call < 6; call++)
        {
            int[,] words = Words(2, 1 + (call % 3), seed: call);
            Assert.Equal(model.Predict(untouched, words), model.Predict(state, words));
            if (call % 2 == 0)
            {
                Assert.Equal(untouched.Hidden.ToArray(), state.Hidden.ToArray());
            }

            if (call % 3 == 1)
            {
                state.Cell[call] += 0.5f;
                LstmReader.State other = model.NewState(batch: 2);
                state.Hidden.CopyTo(other.Hidden);
                state.Cell.CopyTo(other.Cell);
                untouched = other;
            }
        }
    }

    /// <summary>A span may be written until the next call that succeeds, whatever else happens to the state.</summary>
    [Fact]
    public void ASpanHoldsUntilTheNextCall()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        LstmReader.State state = model.NewState(batch: 1), expected = model.NewState(batch: 1);
        model.Predict(state, Words(1, 3));
        Span<float> hidden = state.Hidden;
        hidden.Fill(0.25f);
        LstmReader.State clone = state.Clone();
        state.Reset();
        Assert.Equal(0, hidden[1]);
        hidden[1] = 0.5f;
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(state, new[,] { { 11 } }));
        hidden[2] = 0.75f;
        expected.Hidden[1] = 0.5f;
        expected.Hidden[2] = 0.75f;
        Assert.Equal(model.Predict(expected, Words(1, 2)), model.Predict(state, Words(1, 2)));
        Assert.All(clone.Hidden.ToArray(), value => Assert.Equal(0.25f, value));
    }

    [Fact]
    public void AClonesCloneIsAsGood()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        LstmReader.State state = model.NewState(batch: 1);
        model.Predict(state, Words(1, 3));
        LstmReader.State clone = state.Clone().Clone();
        model.Predict(state, Words(1, 1));
        state.Reset();
        LstmReader.State again = model.NewState(batch: 1);
        model.Predict(again, Words(1, 3));
        Assert.Equal(model.Predict(again, Words(1, 2)), model.Predict(clone, Words(1, 2)));
        Assert.All(state.Cell.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void AnOutputInAStatesMemoryIsAnError()
    {
        using Ledger model = new(TestDevice.Current, seed: 4);
        Ledger.State state = model.NewState(batch: 2, width: 3);
        Assert.Contains("lies in the memory of 'Total'", Assert.Throws<ArgumentException>(() => model.Ask(state, new float[8], 2, state.Total)).Message, StringComparison.Ordinal);
    }

    /// <summary>Where all that a call gives is empty, nothing is read.</summary>
    [Fact]
    public void NoStepsLeaveTheStateAsItWas()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        LstmReader.State state = model.NewState(batch: 1);
        model.Predict(state, Words(1, 3));
        float[] hidden = state.Hidden.ToArray();
        Assert.Empty(model.Predict(state, new int[1, 0]));
        Assert.Equal(hidden, state.Hidden.ToArray());
        Assert.Empty(model.Predict(model.NewState(batch: 0), new int[0, 4]));
    }

    [Fact]
    public void AStateFitsItsModelAndItsSizes()
    {
        LstmReader model = new(TestDevice.Current, seed: 4);
        using LstmReader other = new(TestDevice.Current, seed: 4);
        LstmReader.State state = model.NewState(batch: 1);
        ArgumentException size = Assert.Throws<ArgumentException>(() => model.Predict(state, Words(3, 2)));
        Assert.Equal("Predict: the state was made for batch = 1, but this call has batch = 3; make a state for that with NewState.", size.Message);
        ArgumentException foreign = Assert.Throws<ArgumentException>(() => other.Predict(state, Words(1, 2)));
        Assert.Equal("The state belongs to another LstmReader: use one that the called model's NewState has made.", foreign.Message);
        Assert.Throws<ArgumentException>(() => other.Eager.Predict(state, Tensor.From(Words(1, 2))));
        Assert.Throws<ArgumentNullException>(() => model.Predict(null!, Words(1, 2)));
        Assert.Equal("batch", Assert.Throws<ArgumentOutOfRangeException>(() => model.NewState(batch: -1)).ParamName);
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Predict(state, Words(1, 2)));
        Assert.Throws<ObjectDisposedException>(() => model.NewState(batch: 1));
    }

    [Fact]
    public void AStateServesOneCallAtATime()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        LstmReader.State state = model.NewState(batch: 1);
        using (state.Begin())
        {
            Assert.StartsWith("Another call is using this state", Assert.Throws<InvalidOperationException>(() => model.Predict(state, Words(1, 2))).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => model.Eager.Predict(state, Tensor.From(Words(1, 2))));
            Assert.Throws<InvalidOperationException>(state.Clone);
            Assert.Throws<InvalidOperationException>(state.Reset);
        }

        model.Predict(state, Words(1, 2));
    }

    [Fact]
    public void StatesGoOnAtOnceOnSeveralThreads()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        int[][,] texts = [.. Enumerable.Range(0, 4).Select(seed => Words(1, 40, seed))];
        float[][,,] expected = [.. texts.Select(text => model.Predict(text))];
        Parallel.For(0, texts.Length, text =>
        {
            LstmReader.State state = model.NewState(batch: 1);
            for (int word = 0; word < 40; word++)
            {
                AssertNear(model.Predict(state, Part(texts[text], word, 1)), expected[text], word);
            }
        });
    }

    [Fact]
    public void TheEagerReadingCarriesTheSame()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        LstmReader.State compiled = model.NewState(batch: 3), eager = model.NewState(batch: 3);
        foreach (int time in (int[])[4, 1, 2])
        {
            int[,] words = Words(3, time);
            AssertNear(model.Eager.Predict(eager, Tensor.From(words)).ToArray(), Flat(model.Predict(compiled, words)));
            AssertNear(compiled.Hidden, eager.Hidden);
            AssertNear(compiled.Cell, eager.Cell);
        }

        AssertNear(model.Eager.Predict(Tensor.From(Words(3, 4))).ToArray(), Flat(model.Predict(Words(3, 4))));
    }

    /// <summary>Loops, helpers, compound assignments, states of other shapes, and methods that use some of the states.</summary>
    [Fact]
    public void EveryFormAgreesWithTheEagerReading()
    {
        using Ledger model = new(TestDevice.Current, seed: 4);
        Ledger.State compiled = model.NewState(batch: 2, width: 3), eager = model.NewState(batch: 2, width: 3);
        float[,] x = { { 0.1f, 0.7f, -0.4f, 0.3f }, { -1f, 2f, 0.5f, 0f } }, y = { { 1, 2, 3 }, { 4, 5, 6 } };
        for (int round = 0; round < 3; round++)
        {
            AssertNear(model.Eager.Book(eager, Tensor.From(x)).ToArray(), Flat(model.Book(compiled, x)));
            AssertNear(model.Eager.Ask(eager, Tensor.From(x)).ToArray(), Flat(model.Ask(compiled, x)));
            (float[,] old, float[,] now) = model.Widen(compiled, y);
            (Tensor eagerOld, Tensor eagerNow) = model.Eager.Widen(eager, Tensor.From(y));
            AssertNear(eagerOld.ToArray(), Flat(old));
            AssertNear(eagerNow.ToArray(), Flat(now));
            AssertNear(compiled.Total, eager.Total);
            AssertNear(compiled.Calls, eager.Calls);
            AssertNear(compiled.Wide, eager.Wide);
            y[0, 0]++;
        }

        Assert.Equal(6, compiled.Calls[0]);
        AssertNear(model.Eager.Book(Tensor.From(x)).ToArray(), Flat(model.Book(x)));
    }

    [Fact]
    public void ALossBeginsWithZeros()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        int[] words = Flat(Words(3, 4)), following = Flat(Words(3, 4, seed: 9));
        Dataset data = LstmReader.Data(words, following, time: 4);
        Batch batch = data.NewBatch(3);
        data.Fill(batch, [0, 1, 2]);
        float expected = (float)model.Eager.Loss(model.Eager.Predict(Tensor.From(words, [3, 4])), Tensor.From(following, [3, 4])).Item();
        Assert.Equal(expected, model.Gradients(LstmReader.Entries.Loss, batch), Tolerance);
        Assert.Equal(expected, model.Gradients(LstmReader.Entries.Loss, batch), Tolerance);
    }

    /// <summary>What a loss assigns is there for the rest of it, and gradients flow through it.</summary>
    [Fact]
    public void ALossSeesWhatItHasAssigned()
    {
        using Ledger model = new(TestDevice.Current, seed: 4);
        float[] x = [0.1f, 0.7f, -0.4f, 0.3f, -1f, 2f, 0.5f, 0f];
        Dataset data = Ledger.Data(x);
        Batch batch = data.NewBatch(2);
        data.Fill(batch, [0, 1]);
        Tensor Loss(EagerMode mode) => new Ledger.EagerMethods(model, mode).Loss(Tensor.From(x, [2, 4]));
        Assert.Equal((float)Loss(default).Item(), model.Gradients(Ledger.Entries.Loss, batch), Tolerance);
        Assert.InRange(GradientCheck.Error(GradientCheck.Gradient(model, "Scale", Loss), model.Parameters["Scale"].Gradient), 0, 1e-4);
    }

    [Fact]
    public void StatesAreNoParameters()
    {
        using LstmReader model = new(TestDevice.Current, seed: 4);
        Assert.DoesNotContain(model.Parameters, parameter => parameter.Name is "Hidden" or "Cell");
    }

    private static int[,] Words(int batch, int time, int seed = 3)
    {
        Random random = new(seed);
        int[,] words = new int[batch, time];
        for (int i = 0; i < words.Length; i++)
        {
            words[i / time, i % time] = random.Next(11);
        }

        return words;
    }

    private static int[,] Part(int[,] words, int start, int count)
    {
        int[,] part = new int[words.GetLength(0), count];
        for (int i = 0; i < part.Length; i++)
        {
            part[i / count, i % count] = words[i / count, start + (i % count)];
        }

        return part;
    }

    private static T[] Flat<T>(T[,] values) => [.. values.Cast<T>()];

    private static float[] Flat(float[,,] values) => [.. values.Cast<float>()];

    /// <summary>The steps of <paramref name="part"/> are those of <paramref name="whole"/> from <paramref name="start"/> on.</summary>
    private static void AssertNear(float[,,] part, float[,,] whole, int start)
    {
        (int time, int width) = (part.GetLength(1), part.GetLength(2));
        for (int i = 0; i < part.Length; i++)
        {
            (int row, int step, int column) = (i / width / time, i / width % time, i % width);
            Assert.Equal(whole[row, start + step, column], part[row, step, column], Tolerance);
        }
    }

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }
}
