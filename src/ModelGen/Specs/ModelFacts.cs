using System.Linq;

namespace ModelGen.Specs;

/// <summary>What the surface needs of a model beyond its declaration: the stages behind the front end find it out.</summary>
/// <param name="Fingerprint">A hash of the model's structure.</param>
/// <param name="ParameterLength">The length of the flat buffer in floats, gaps included.</param>
/// <param name="Parameters">By ascending offset.</param>
internal sealed record ModelFacts(
    string Fingerprint,
    long ParameterLength,
    EquatableArray<ParameterPlan> Parameters,
    EquatableArray<EntrySpec> Entries);

/// <summary>A parameter's place in the flat buffer; a <c>*</c> in its name stands for each repetition's index.</summary>
/// <param name="Repeat">The number of repetitions for each <c>*</c>.</param>
/// <param name="Shape">The shape of one repetition.</param>
/// <param name="Offset">Where the values <c>[repeat…, shape…]</c> begin, in floats.</param>
/// <param name="Initializer">A member of the runtime's <c>InitializerKind</c>: <c>Constant</c>, <c>Uniform</c>, <c>Normal</c>.</param>
internal sealed record ParameterPlan(
    string Name,
    EquatableArray<int> Repeat,
    EquatableArray<int> Shape,
    long Offset,
    string Initializer,
    double Scale);

/// <summary>A <c>[Forward]</c>, <c>[Loss]</c> or <c>[Metric]</c> method with all shapes known.</summary>
/// <param name="Dimensions">The open dimensions, in the order in which they are first met.</param>
/// <param name="Metrics">On a loss: the names of the metrics that are evaluated along with it.</param>
internal sealed record EntrySpec(
    string Name,
    MethodRole Role,
    EquatableArray<TensorSpec> Inputs,
    EquatableArray<TensorSpec> Outputs,
    EquatableArray<string> Dimensions,
    string? Trains,
    ClassificationSpec? Classification,
    EquatableArray<string> Metrics)
{
    /// <summary>Gets, on a loss that depends on some of the model's parameters only, the names of those that it trains; else null.</summary>
    public EquatableArray<string>? Trained { get; init; }

    /// <summary>Gets the states that the method reads or assigns.</summary>
    public EquatableArray<EntryState> States { get; init; } = [];

    /// <summary>Gets, on a forward method with states, the name of the entry that continues from a caller's states; else null.</summary>
    public string? StatefulName { get; init; }

    /// <summary>The entry that continues from a caller's states: they are further inputs, and what the method leaves in them further outputs.</summary>
    public EntrySpec Stateful() => this with
    {
        Name = StatefulName!,
        Inputs = Inputs.Concat(States.Select(state => state.Before)).ToEquatableArray(),
        Outputs = Outputs.Concat(States.Select(state => state.After)).ToEquatableArray(),
    };
}

/// <summary>A state of an entry.</summary>
/// <param name="Index">Which of the model's states it is.</param>
internal sealed record EntryState(string Name, int Index, EquatableArray<string> Dims)
{
    /// <summary>Gets the input that holds it before the call.</summary>
    public TensorSpec Before => new(Name, TensorType.Float, Dims);

    /// <summary>Gets the output that takes what the next call begins with.</summary>
    public TensorSpec After => new(NextName(Name), TensorType.Float, Dims);

    public static string NextName(string state) => "next" + state;
}

/// <summary>An input or output of an entry.</summary>
/// <param name="Dims">A number, a name or an expression of names each; null where errors keep them unknown.</param>
internal sealed record TensorSpec(string Name, TensorType Type, EquatableArray<string>? Dims);

/// <summary>Which input of a loss holds the labels and which output the scores, and whether each score decides alone.</summary>
/// <param name="Ignored">The label that counts nowhere.</param>
internal sealed record ClassificationSpec(int LabelInput, int ScoresOutput, bool Binary, int? Ignored);
