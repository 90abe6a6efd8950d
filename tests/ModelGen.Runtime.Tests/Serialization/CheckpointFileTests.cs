using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Serialization;

/// <summary>Files of checkpoints: whatever one holds, a clear error and an unchanged model, or the right training. That the right training ends right is
/// among the tests of generated models.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgen").FullName;
    private readonly Dataset data = SoftmaxRegression.Clusters(50);

    private string Saved => Path.Combine(folder, "run.checkpoint");

    public static TheoryData<string, string> Changes => new()
    {
        { "seed", "the model's seed was '1', now it is '2'" },
        { "data", "the data was '50 examples of 2 + 1 values', now it is '40 examples of 2 + 1 values'" },
        { "batch", "BatchSize was '32', now it is '16'" },
        { "accumulation", "AccumulationSteps was '1', now it is '2'" },
        { "shuffle", "Shuffle was 'True', now it is 'False'; ShuffleSeed was '1', now it is 'none'" },
        { "shuffle seed", "ShuffleSeed was '1', now it is '9'" },
        { "optimizer", "Optimizer was 'Adam, LearningRate = 0.05, WeightDecay = 0, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1E-08', now it is 'Sgd, LearningRate = 0.05, WeightDecay = 0, Momentum = 0, Nesterov = False'" },
        { "rate", "Optimizer was 'Adam, LearningRate = 0.05, " },
        { "schedule", "Schedule was 'ConstantSchedule', now it is 'CosineSchedule, Length = training's, MinRate = 0, Restarts = False, Growth = 1'" },
        { "averaging", "Averaging was 'none', now it is 'Decay = 0.5, UseAtEnd = True'" },
        { "validation", "Validation was '50 examples of 2 + 1 values', now it is 'none'; ValidationBatchSize was '32', now it is 'none'" },
        { "validation batch", "ValidationBatchSize was '32', now it is '10'" },
        { "stopping", "EarlyStopping was 'none', now it is 'Monitor = loss, HigherIsBetter = False, Patience = 5, MinDelta = 0, RestoreBest = True'" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_differs_is_named_before_anything_changes(string change, string explanation)
    {
        byte[] before = Trained();
        using var model = new SoftmaxRegression(seed: change == "seed" ? 2u : 1u);
        FitOptions options = new()
        {
            Epochs = 3,
            BatchSize = change == "batch" ? 16 : 32,
            AccumulationSteps = change == "accumulation" ? 2 : 1,
            Shuffle = change != "shuffle",
            ShuffleSeed = change == "shuffle seed" ? 9u : 1u,
            Optimizer = change switch { "optimizer" => new Sgd(0.05f), "rate" => new Adam(0.06f), _ => new Adam(0.05f) },
            Schedule = change == "schedule" ? new CosineSchedule() : new ConstantSchedule(),
            Averaging = change == "averaging" ? new ExponentialMovingAverage(0.5f) : null,
            Validation = change == "validation" ? null : data,
            ValidationBatchSize = change == "validation batch" ? 10 : null,
            EarlyStopping = change == "stopping" ? new EarlyStopping { Monitor = EarlyStopping.Loss } : null,
            Checkpoints = new Checkpoints(Saved) { Resume = true },
            Progress = null,
        };
        uint[] parameters = Bits(model);
        ParameterFileException e = Assert.Throws<ParameterFileException>(() => model.Fit(change == "data" ? data.Take(40) : data, options));
        Assert.StartsWith($"{Saved}: training cannot be resumed with other settings: {explanation}", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Set it back, or begin anew without Resume.", e.Message, StringComparison.Ordinal);
        Assert.Equal(parameters, Bits(model));
        Assert.Equal(0u, model.TrainingCalls);
        Assert.Equal(before, File.ReadAllBytes(Saved));
    }

    [Fact]
    public void Another_models_checkpoint_and_other_files_are_explained()
    {
        Trained();
        using var probe = new Probe();
        Assert.Equal(
            $"{Saved}: it holds the training of 'SoftmaxRegression', the model is 'Probe'. Give another file, or begin anew without Resume.",
            Assert.Throws<ParameterFileException>(() => probe.Fit(probe.Data(new float[probe.Width]), OfProbe())).Message);
        using var model = new SoftmaxRegression();
        Assert.Contains("it is a checkpoint, not a file of parameters: Fit resumes from it by FitOptions.Checkpoints", Assert.Throws<ParameterFileException>(() => model.Load(Saved)).Message, StringComparison.Ordinal);
        model.Save(Saved);
        Assert.Contains("it is not a checkpoint: its header has no note 'modelgen.training'", Assert.Throws<ParameterFileException>(() => model.Fit(data, Options(3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_loss_is_named()
    {
        using var probe = new Probe();
        float[] x = new float[probe.Width];
        probe.Fit(probe.Data(x), OfProbe());
        ParameterFileException e = Assert.Throws<ParameterFileException>(() => probe.Fit(probe.Data(x, probe.ALoss), OfProbe()));
        Assert.Contains("the loss was 'Loss', now it is 'ALoss'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_that_ends_with_training_does_not_let_it_last_longer()
    {
        using var model = new SoftmaxRegression();
        model.Fit(data, Options(2, new CosineSchedule()));
        ParameterFileException e = Assert.Throws<ParameterFileException>(() => model.Fit(data, Options(3, new CosineSchedule())));
        Assert.Matches("step 2 had the learning rate 0.0426[0-9]*, but the schedule gives 0.046[0-9]* now. Give the same schedule and, .* the same Epochs and MaxSteps", e.Message);

        // Within the warm-up the rates are the same, whatever follows.
        using var begun = new SoftmaxRegression();
        begun.Fit(data, Options(1, new WarmUpSchedule(3, new CosineSchedule()), resume: false));
        model.Fit(data, Options(3, new WarmUpSchedule(3, new CosineSchedule())));
        using var whole = new SoftmaxRegression();
        whole.Fit(data, Options(3, new WarmUpSchedule(3, new CosineSchedule()), resume: false));
        Assert.Equal(Bits(whole), Bits(model));
    }

    [Fact]
    public void A_function_that_gives_other_rates_is_found()
    {
        using var model = new SoftmaxRegression();
        model.Fit(data, Options(2, new CustomSchedule(state => 0.1f / (1 + state.Step))));
        ParameterFileException e = Assert.Throws<ParameterFileException>(() => model.Fit(data, Options(2, new CustomSchedule(state => 0.1f / (1 + state.Epoch)))));
        Assert.Contains("step 2 had the learning rate 0.05, but the schedule gives 0.1 now", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Less_than_what_is_done_is_an_error()
    {
        byte[] before = Trained();
        using var model = new SoftmaxRegression();
        ParameterFileException e = Assert.Throws<ParameterFileException>(() => model.Fit(data, Options(1)));
        Assert.Contains("4 steps and 2 epochs are done, which is more than MaxSteps and Epochs allow. Raise them", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Saved));
    }

    [Fact]
    public void A_history_is_empty_or_the_same_as_far_as_both_go()
    {
        using var whole = new SoftmaxRegression();
        using var model = new SoftmaxRegression();
        Optimizer adam = new Adam(0.05f);
        History history = new();
        model.Fit(data, Options(2, history: history));
        model.Fit(data, Options(4, history: history));
        History expected = whole.Fit(data, Options(4, resume: false));
        Assert.Equal(expected.Steps, history.Steps);
        Assert.Equal(Bits(whole), Bits(model));
        Assert.Throws<ParameterFileException>(() => model.Fit(data, Options(3, history: history)));
        History other = model.Fit(data, new FitOptions { Progress = null, Optimizer = adam });
        ParameterFileException e = Assert.Throws<ParameterFileException>(() => model.Fit(data, Options(4, history: other)));
        Assert.Contains("its history has other steps than FitOptions.History. Give an empty history, or begin anew without Resume", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_that_goes_back_before_the_training_is_resumed_with_it()
    {
        using var whole = new SoftmaxRegression();
        using var model = new SoftmaxRegression();
        History expected = Twice(whole, 3);
        Twice(model, 2);
        using var later = new SoftmaxRegression();
        History history = later.Fit(data, Options(3));
        Assert.Equal(expected.Steps, history.Steps);
        Assert.Equal(expected.Epochs.Select(epoch => epoch.Loss), history.Epochs.Select(epoch => epoch.Loss));
        Assert.Equal(Bits(whole), Bits(later));

        History Twice(SoftmaxRegression trained, int epochs)
        {
            History before = trained.Fit(data, new FitOptions { Epochs = 2, BatchSize = 10, Progress = null });
            return trained.Fit(data, Options(epochs, history: before, resume: false));
        }
    }

    [Fact]
    public void A_training_begins_anew_where_there_is_no_file_or_it_is_not_to_be_resumed()
    {
        byte[] first = Trained();
        Assert.Equal(Tensors(first), Tensors(Trained()));
        using var model = new SoftmaxRegression();
        Assert.Equal(2, model.Fit(data, Options(1, resume: false)).Steps.Count);
        Assert.NotEqual(Tensors(first), Tensors(File.ReadAllBytes(Saved)));
    }

    [Fact]
    public void A_missing_folder_is_an_error_before_training()
    {
        using var model = new SoftmaxRegression();
        FitOptions In(string path) => new() { Checkpoints = new Checkpoints(path), Progress = null };
        Assert.Contains("has no folder: make", Assert.Throws<DirectoryNotFoundException>(() => model.Fit(data, In(Path.Combine(folder, "none", "a")))).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<DirectoryNotFoundException>(() => model.Fit(data, In(folder))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Checkpoints(string.Empty));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(data, new FitOptions { Checkpoints = new Checkpoints("a") { EverySteps = 0 } }));
        Assert.Equal(0u, model.TrainingCalls);
    }

    [Fact]
    public void A_disk_that_is_full_anywhere_leaves_the_earlier_file_and_nothing_else()
    {
        byte[] before = Trained();
        using var model = new SoftmaxRegression();
        Checkpoint checkpoint = Read(model, before);
        for (int room = 0; room < before.Length; room += 13)
        {
            Assert.Throws<IOException>(() => CheckpointFile.Write(model, checkpoint, Saved, file => new FullDisk(file, room)));
            Assert.Equal(before, File.ReadAllBytes(Saved));
            Assert.Equal([Saved], Directory.GetFileSystemEntries(folder));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_process_left_that_was_killed_while_it_wrote_is_cleared_away(bool resume)
    {
        byte[] before = Trained();
        string part = Path.Combine(folder, $".run.checkpoint.{Guid.NewGuid():N}.tmp");
        string[] others = [Path.Combine(folder, ".run.checkpoint.mine.tmp"), Path.Combine(folder, $".other.checkpoint.{Guid.NewGuid():N}.tmp")];
        File.WriteAllBytes(part, before[..100]);
        Array.ForEach(others, file => File.WriteAllBytes(file, [1]));
        using var model = new SoftmaxRegression();
        History history = model.Fit(data, Options(3, resume: resume));
        Assert.Equal(6, history.Steps.Count);
        Assert.Equal([.. others.Append(Saved).Order(StringComparer.Ordinal)], Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_an_error()
    {
        byte[] whole = Trained();
        using var model = new SoftmaxRegression();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<ParameterFileException>(() => Read(model, whole[..length]));
        }

        Assert.Contains("bytes follow the header, expected", Assert.Throws<ParameterFileException>(() => Read(model, [.. whole, 0])).Message, StringComparison.Ordinal);
        using var pipe = new Pipe(whole);
        Assert.Throws<ParameterFileException>(() => CheckpointFile.Read(model, pipe, new FaultyFile(null), _ => { }));
    }

    [Fact]
    public void Any_bit_that_flips_is_an_error_or_changes_nothing()
    {
        byte[] whole = Trained();
        using var model = new SoftmaxRegression();
        string expected = Text(model, Read(model, whole));
        int accepted = 0;
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(expected, Text(model, Read(model, flipped)));
                accepted++;
            }
            catch (ParameterFileException)
            {
            }
        }

        // The name and the text of the format's note, and little else.
        Assert.InRange(accepted, 1, 200);
    }

    public static TheoryData<string, string> Contradictions => new()
    {
        { "Format", "\"Format\":1->\"Format\":2" },
        { "Epochs", "\"LastStep\":2->\"LastStep\":5" },
        { "Epochs", "\"Epoch\":2->\"Epoch\":1" },
        { "FirstEpoch", "\"FirstEpoch\":0->\"FirstEpoch\":3" },
        { "FirstEpoch", "\"FirstEpoch\":0->\"FirstEpoch\":-1" },
        { "FirstStep", "\"FirstStep\":0->\"FirstStep\":-2147483648" },
        { "Steps", "\"FirstStep\":0->\"FirstStep\":4" },
        { "Steps", "\"Steps\":4->\"Steps\":2147483647" },
        { "BestEpoch", "\"BestEpoch\":0->\"BestEpoch\":3" },
        { "Running", "\"Examples\":0->\"Examples\":33" },
        { "Running", "\"Examples\":0->\"Examples\":-1" },
        { "Running", "\"Seconds\":0}->\"Seconds\":\"NaN\"}" },
        { "Updates", "\"Updates\":[4->\"Updates\":[4,4" },
        { "Updates", "\"Updates\":[4->\"Updates\":[-4" },
        { "Slots", "\"Slots\":2->\"Slots\":2147483647" },
        { "HasJudged", "\"HasJudged\":false->\"HasJudged\":true" },
        { "HasTrained", "\"HasTrained\":false->\"HasTrained\":true" },
        { "null", "\"Settings\":->\"Settings\":null,\"x\":" },
        { "missing", "\"Calls\":4,->" },
        { "unknown", "\"Calls\":4,->\"Calls\":4,\"Cells\":4," },
        { "twice", "\"Calls\":4,->\"Calls\":4,\"Calls\":4," },
        { "negative", "\"Calls\":4,->\"Calls\":-4," },
        { "no object", "{\"Format\":1->[{\"Format\":1" },
        { "a tensor too few", "\"HasAverage\":false->\"HasAverage\":true" },
        { "a tensor too many", "\"Slots\":2->\"Slots\":1" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_state_that_cannot_be_is_explained(string fault, string change)
    {
        byte[] whole = Trained();
        int length = (int)BitConverter.ToUInt64(whole);
        using var model = new SoftmaxRegression();
        string[] parts = [.. change.Split("->").Select(part => part.Replace("\"", "\\u0022", StringComparison.Ordinal))];
        string header = System.Text.Encoding.UTF8.GetString(whole, 8, length);
        Assert.Contains(parts[0], header, StringComparison.Ordinal);
        int at = header.LastIndexOf(parts[0], StringComparison.Ordinal);
        byte[] changed = System.Text.Encoding.UTF8.GetBytes(header[..at] + parts[1] + header[(at + parts[0].Length)..]);
        byte[] file = [.. BitConverter.GetBytes((ulong)changed.Length), .. changed, .. whole[(8 + length)..]];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        ParameterFileException e = Assert.Throws<ParameterFileException>(() => Read(model, file));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.InRange(allocated, 0, 1 << 20);
        Assert.Contains(char.IsUpper(fault[0]) ? $"its state contradicts itself or the data: see {fault}" : fault.StartsWith('a') ? "the tensor '" : "its state is not what belongs there", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_files_with_changes_at_random_are_an_error_or_the_same()
    {
        byte[] whole = Trained();
        using var model = new SoftmaxRegression();
        string expected = Text(model, Read(model, whole));
        HashSet<string> reasons = [];
        int right = 0;
        for (int seed = 0; seed < 1000; seed++)
        {
            FuzzedFile fuzzed = FuzzedFile.Of(whole, new Random(seed));
            byte[] bytes = fuzzed.ToArray();
            try
            {
                Assert.Equal(expected, Text(model, Read(model, bytes)));
                right++;
            }
            catch (ParameterFileException e)
            {
                Assert.False(fuzzed.IsRight, $"file {seed}: {fuzzed.Changes}: {e.Message}");
                reasons.Add(string.Concat(e.Message.Where(char.IsAsciiLetter).Take(30)));
            }
        }

        Assert.True(right > 200 && reasons.Count > 15, $"{right} right, {reasons.Count} reasons");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A checkpoint of two epochs of two steps.</summary>
    private byte[] Trained()
    {
        using var model = new SoftmaxRegression();
        model.Fit(data, Options(2, resume: false));
        return File.ReadAllBytes(Saved);
    }

    private FitOptions Options(int epochs, ISchedule? schedule = null, History? history = null, bool resume = true) => new()
    {
        Epochs = epochs,
        ShuffleSeed = 1,
        Optimizer = new Adam(0.05f),
        Schedule = schedule ?? new ConstantSchedule(),
        Validation = data,
        History = history,
        Checkpoints = new Checkpoints(Saved) { Resume = resume },
        Progress = null,
    };

    private FitOptions OfProbe() => new() { Checkpoints = new Checkpoints(Saved) { Resume = true }, Progress = null };

    private static Checkpoint Read(Model model, byte[] bytes)
    {
        var file = new FaultyFile(null);
        using var stream = new MemoryStream(bytes);
        return CheckpointFile.Read(model, stream, file, state => state.Check(model.Parameters.Count, examples: 50, examplesPerStep: 32, file));
    }

    private static string Text(Model model, Checkpoint checkpoint)
    {
        using var stream = new MemoryStream();
        CheckpointFile.Write(model, checkpoint, stream);
        return Convert.ToHexString(stream.ToArray());
    }

    /// <summary>What stands behind the header, in which times are.</summary>
    private static byte[] Tensors(byte[] file) => file[(8 + (int)BitConverter.ToUInt64(file))..];

    private static uint[] Bits(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray()).Select(BitConverter.SingleToUInt32Bits)];
}
