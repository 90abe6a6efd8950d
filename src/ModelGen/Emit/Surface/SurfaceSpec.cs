using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Everything that the public part of a class is written from. It holds no places, so that an edit in a body leaves it equal.</summary>
/// <remarks>A member that the user declared under a generated name is an error of its own, and is then not written.</remarks>
/// <param name="Declaration">The class's declaration without its place.</param>
/// <param name="Entries">The compiled methods.</param>
/// <param name="IsMisdeclared">Whether the class is declared as no model can be: then its partial members get bodies, so that nothing is said about those, and no more.</param>
/// <param name="Error">What members throw where the class has errors; null where it has none.</param>
internal sealed record SurfaceSpec(
    string Key,
    string Namespace,
    string Name,
    EquatableArray<string> Declaration,
    string Accessibility,
    bool IsModule,
    bool IsMisdeclared,
    string? Error,
    EquatableArray<EntrySpec> Entries,
    EquatableArray<SurfaceLayer> Layers,
    EquatableArray<SurfaceProperty> Parameters,
    EquatableArray<SurfaceChild> Children,
    EquatableArray<EagerMethod> Methods,
    SurfaceNames Names)
{
    /// <summary>Gets the states.</summary>
    public EquatableArray<SurfaceState> States { get; init; } = [];

    /// <summary>Gets the names of the dimensions that a state is made for.</summary>
    public EquatableArray<string> StateDimensions { get; init; } = [];

    /// <summary>Gets a value indicating whether there is a class of states: not where the user has a member of its name.</summary>
    public bool HasStateClass => States.Count > 0 && !IsModule && !Names.Taken.Items.Contains("State");
}

/// <summary>What the description of a model is written from. It changes with the model's structure, which the surface does not show.</summary>
/// <param name="Field">The field that holds the description.</param>
/// <param name="Owners">For every parameter what it belongs to, in the user's words.</param>
/// <param name="Entries">The names of the compiled methods.</param>
internal sealed record ParametersSpec(
    string Key,
    string Namespace,
    string Name,
    EquatableArray<string> Declaration,
    string Field,
    string Fingerprint,
    long Length,
    EquatableArray<ParameterPlan> Parameters,
    EquatableArray<string> Owners,
    EquatableArray<string> Entries)
{
    /// <summary>Gets the states.</summary>
    public EquatableArray<TensorSpec> States { get; init; } = [];

    /// <summary>Gets the names of the dimensions that a state is made for.</summary>
    public EquatableArray<string> StateDimensions { get; init; } = [];
}

/// <summary>A layer's body: a call in the eager reading.</summary>
/// <param name="Signature">The declaration to be implemented.</param>
/// <param name="Call">The expression that computes it; <c>{0}</c> stands for the scope's field.</param>
internal sealed record SurfaceLayer(string Signature, string Call);

/// <summary>A <c>[Parameter]</c> property.</summary>
internal sealed record SurfaceProperty(string Name, string Signature);

/// <summary>A <c>[State]</c> property.</summary>
/// <param name="Accessors">The accessors to be implemented; none where the property is declared wrongly.</param>
internal sealed record SurfaceState(TensorSpec Value, string Signature, EquatableArray<string> Accessors);

/// <summary>A module property.</summary>
/// <param name="Type">The module's full name.</param>
/// <param name="Field">The field that keeps it once it was asked for.</param>
internal sealed record SurfaceChild(string Name, string Type, int? Repeat, string Signature, string Field);

/// <summary>A method of the eager reading.</summary>
/// <param name="Receiver">What the user's method is called on; null on a stack, whose body is written out.</param>
/// <param name="Body">The statements of a stack's method.</param>
internal sealed record EagerMethod(
    string Name,
    string ReturnType,
    EquatableArray<string> Parameters,
    EquatableArray<string> Arguments,
    string? Receiver,
    EquatableArray<string> Body)
{
    /// <summary>Gets the states that the method uses.</summary>
    public EquatableArray<EagerState> States { get; init; } = [];

    /// <summary>Gets a value indicating whether there is a form of the method that continues from a caller's states.</summary>
    public bool Continues { get; init; }
}

/// <summary>A state of a method of the eager reading.</summary>
/// <param name="Sizes">Its sizes, as the method's inputs tell them: <c>words.Shape[0]</c>.</param>
internal sealed record EagerState(string Name, EquatableArray<string> Sizes);
