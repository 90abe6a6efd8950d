using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelGen;

/// <summary>What a checkpoint knows besides tensors: a note in the file's header, as JSON.</summary>
internal sealed record CheckpointState
{
    /// <summary>The format that is written, and the only one that is read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Gets the format.</summary>
    public required int Format { get; init; }

    /// <summary>Gets what must be the same when training is resumed: see <see cref="TrainingSettings"/>.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Gets the number of the model's training calls.</summary>
    public required uint Calls { get; init; }

    /// <summary>Gets the number of steps that the history had when training began.</summary>
    public required int FirstStep { get; init; }

    /// <summary>Gets the number of epochs that the history had when training began.</summary>
    public required int FirstEpoch { get; init; }

    /// <summary>Gets the number of steps of the history.</summary>
    public required int Steps { get; init; }

    /// <summary>Gets the epochs of the history.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>Gets <see cref="History.BestEpoch"/>.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Gets the running epoch.</summary>
    public required RunningEpoch Running { get; init; }

    /// <summary>Gets the number of updates of each parameter, in the model's order.</summary>
    public required IReadOnlyList<long> Updates { get; init; }

    /// <summary>Gets the number of the optimizer's slots.</summary>
    public required int Slots { get; init; }

    /// <summary>Gets a value indicating whether there is an average.</summary>
    public required bool HasAverage { get; init; }

    /// <summary>Gets what early stopping knows, or null where there is none.</summary>
    public required StoppingState? Stopping { get; init; }

    /// <summary>Gets a value indicating whether there is what the best epoch was judged by.</summary>
    public required bool HasJudged { get; init; }

    /// <summary>Gets a value indicating whether there are the parameters that the best epoch left, besides.</summary>
    public required bool HasTrained { get; init; }

    /// <summary>As JSON, which is the same for the same state.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CheckpointJson.Default.CheckpointState);

    /// <summary>The opposite.</summary>
    public static CheckpointState FromJson(string json, FaultyFile file)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointState) ?? throw file.Because($"its state is nothing");
        }
        catch (JsonException e)
        {
            throw file.Because($"its state is not what belongs there: {e.Message.TrimEnd('.')}", inner: e);
        }
    }

    /// <summary>Says where the numbers contradict each other, or the model.</summary>
    /// <param name="parameters">The number of the model's parameters.</param>
    /// <param name="examples">The number of the data's examples.</param>
    /// <param name="examplesPerStep">The number of examples of every step but an epoch's last.</param>
    /// <param name="file">The file.</param>
    public void Check(int parameters, int examples, long examplesPerStep, FaultyFile file)
    {
        Demand(Format == CurrentFormat, nameof(Format), file);
        long last = 0;
        for (int i = 0; i < Epochs.Count; i++)
        {
            Demand(Epochs[i] is EpochRecord epoch && epoch.Epoch == i + 1 && epoch.LastStep >= last && epoch.LastStep <= Steps, nameof(Epochs), file);
            last = Epochs[i].LastStep;
        }

        Demand(FirstEpoch >= 0 && FirstEpoch <= Epochs.Count, nameof(FirstEpoch), file);
        Demand(FirstStep >= (FirstEpoch == 0 ? 0 : Epochs[FirstEpoch - 1].LastStep), nameof(FirstStep), file);
        Demand(Running.Examples >= 0 && Running.Examples <= examples && (Running.Examples % examplesPerStep == 0 || Running.Examples == examples), nameof(Running), file);
        Demand(Running.Seconds is >= 0 and < 1e9, nameof(Running), file);
        long steps = ((Epochs.Count - FirstEpoch) * StepsOf(examples)) + StepsOf(Running.Examples);
        Demand(Steps == FirstStep + steps, nameof(Steps), file);
        Demand(BestEpoch >= 0 && BestEpoch <= Epochs.Count, nameof(BestEpoch), file);
        Demand(Updates.Count == parameters && Updates.All(count => count >= 0), nameof(Updates), file);
        Demand(Slots is >= 0 and <= SlotMemory.Most, nameof(Slots), file);
        Demand(Stopping is not StoppingState known || (known.BestEpoch >= 0 && known.BestEpoch <= Epochs.Count && known.Without >= 0), nameof(Stopping), file);
        Demand(!HasJudged || Stopping is { BestEpoch: > 0 }, nameof(HasJudged), file);
        Demand(!HasTrained || HasJudged, nameof(HasTrained), file);

        long StepsOf(int count) => (count + examplesPerStep - 1) / examplesPerStep;
    }

    private static void Demand(bool holds, string what, FaultyFile file)
    {
        if (!holds)
        {
            throw file.Because($"its state contradicts itself or the data: see {what}");
        }
    }
}

/// <summary>How far an epoch is that is not in the history yet.</summary>
/// <param name="Examples">The number of examples that have been trained on.</param>
/// <param name="Loss">The sum of their losses.</param>
/// <param name="Seconds">How long it took so far.</param>
[method: JsonConstructor]
internal readonly record struct RunningEpoch(int Examples, double Loss, double Seconds);

/// <summary>How the state becomes JSON: nothing may be missing, be there twice or be unknown.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CheckpointState))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
