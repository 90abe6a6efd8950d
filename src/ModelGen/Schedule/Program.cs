using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>One path of an entry, ready to be printed: its buffers and the order of its kernels.</summary>
/// <param name="Name">The entry's name: <c>Predict</c>, <c>Loss</c>.</param>
/// <param name="IsTraining">Whether this is the training path, which ends with gradients, or the inference path.</param>
/// <param name="Dims">The open dimensions, in the order of the entry's arguments.</param>
/// <param name="IndexChecks">Integer inputs whose values must be below a limit.</param>
/// <param name="Steps">The kernels and loops, in their order.</param>
internal sealed record Program(
    string Name,
    bool IsTraining,
    EquatableArray<string> Dims,
    EquatableArray<Storage> Storages,
    EquatableArray<IndexCheck> IndexChecks,
    EquatableArray<Step> Steps)
{
    /// <summary>Gets what the open dimensions must satisfy, so that no slice reaches beyond its tensor.</summary>
    public EquatableArray<SizeCheck> SizeChecks { get; init; }
}

/// <summary>An expression of open dimensions that must not be negative.</summary>
/// <param name="Text">The user's expression that needs it.</param>
internal sealed record SizeCheck(string Text, Dim Value);

internal enum StorageKind
{
    /// <summary>An input of the entry; the index counts its inputs.</summary>
    Input,

    /// <summary>An output of the entry; the index counts its outputs.</summary>
    Output,

    /// <summary>A part of the flat parameter buffer.</summary>
    Parameter,

    /// <summary>A part of the flat gradient buffer.</summary>
    Gradient,

    /// <summary>A part of the arena.</summary>
    Arena,
}

/// <summary>A stretch of memory that values live in.</summary>
/// <param name="Name">From the user's names, unique within the program, in camel case.</param>
/// <param name="Slot">For the arena: the slot, which storages share that are not alive at the same time; else the input's, output's or parameter's index.</param>
/// <param name="Offset">For parameters and gradients: elements from the start of the flat buffer.</param>
/// <param name="Length">The number of elements.</param>
/// <param name="Shape">The shape, for comments.</param>
internal sealed record Storage(string Name, StorageKind Kind, TensorType Type, int Slot, long Offset, Dim Length, string Shape);

/// <param name="Ignored">A value that is none of those below the limit, and allowed.</param>
internal sealed record IndexCheck(int Input, Dim Limit, int? Ignored = null);

internal abstract record Step;

/// <summary>Starts a kernel.</summary>
/// <param name="Checks">Every value that the kernel writes, in the order of calculation.</param>
internal sealed record KernelStep(Kernel Kernel, EquatableArray<View> Arguments, EquatableArray<OutputCheck> Checks) : Step;

/// <summary>What a run looks at that searches for the first value that is not finite.</summary>
/// <param name="Operand">The operand that the kernel has written.</param>
/// <param name="Label">The value in the user's words.</param>
internal sealed record OutputCheck(int Operand, Dim Length, string Label);

/// <summary>
/// Runs steps several times. Every rotation is a value that one iteration hands to the next: <c>Current</c> starts as the storage <c>Initial</c>;
/// the iteration reads <c>Current</c> and writes <c>Next</c>; then Current becomes Next, and Next and Spare change places.
/// </summary>
internal sealed record LoopStep(string Index, Dim Count, bool Reverse, EquatableArray<Rotation> Rotations, EquatableArray<Step> Body) : Step;

/// <summary>The names of the three variables, the view they start from and the storages behind Next and Spare.</summary>
internal sealed record Rotation(string Current, View Initial, string Next, int NextStorage, string Spare, int SpareStorage, TensorType Type);

/// <summary>A place to read from or write to: a storage (or a rotating variable), an offset, and for each loop around a stride.</summary>
/// <param name="Storage">The storage's index; −1 where <paramref name="Variable"/> names a rotating variable.</param>
internal sealed record View(int Storage, string? Variable, Dim Offset, EquatableArray<Dim> LoopStrides);

/// <summary>A slot of the arena: as long as the longest storage in it. Lengths are in elements.</summary>
internal sealed record Slot(EquatableArray<Dim> Lengths);

/// <summary>A whole model, ready to be printed.</summary>
internal sealed record ModelPlan(
    TypeSpec Type,
    EquatableArray<Program> Programs,
    EquatableArray<EquatableArray<Slot>> Slots,
    EquatableArray<Kernel> Kernels);
