using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>What all methods share that are read for one entry.</summary>
internal sealed class EntryContext(ModelSpec model, bool training, CancellationToken cancellation)
{
    private readonly Dictionary<string, Node> inputs = [];
    private int loops;
    private int scopes;

    public ModelSpec Model { get; } = model;

    /// <summary>Gets a value indicating whether <c>Training</c> is true.</summary>
    public bool Training { get; } = training;

    public CancellationToken Cancellation { get; } = cancellation;

    public List<DiagnosticSpec> Diagnostics { get; } = [];

    /// <summary>Gets the layers that were called, by class and name.</summary>
    public HashSet<(string Class, string Layer)> UsedLayers { get; } = [];

    /// <summary>Gets or sets the number of steps of <c>Scan</c> around what is being read, in callers of the method, too.</summary>
    public int StepsAround { get; set; }

    public int NextLoop() => ++loops;

    public int NextScope() => ++scopes;

    /// <summary>An input of the entry. Methods that name the same input share it.</summary>
    public Node Input(LoopScope root, InputSpec input, ImmutableArray<Dim> dims)
    {
        if (inputs.TryGetValue(input.Name, out Node? known))
        {
            if (known.Type != input.Type || !known.Attributes.Dims("dims").SequenceEqual(dims))
            {
                Diagnostics.Add(DiagnosticSpec.Of(DiagnosticCatalog.NameClash, input.Place, input.Name, "another input of the same entry with another shape or type"));
            }

            return known;
        }

        root.Builder.Origin = new Origin(input.Name, input.Name, input.Place);
        AttributeSet attributes = AttributeSet.Of("name", input.Name).With("dims", dims);
        return inputs[input.Name] = root.Own(root.Builder.Add(Catalog<Input>.Op, [], attributes, null, input.Type));
    }

    /// <summary>What the states of an entry hold before it, by their variables: inputs, or zeros.</summary>
    /// <param name="continues">Whether the caller says what they hold.</param>
    public static Dictionary<string, BuildValue> States(LoopScope root, IEnumerable<StateSpec> states, bool continues)
    {
        Dictionary<string, BuildValue> values = [];
        foreach (StateSpec state in states)
        {
            root.Builder.Origin = new Origin(state.Name, state.Name, state.Place);
            AttributeSet attributes = AttributeSet.Of("dims", Dims(state.Dims, 0));
            Node value = continues
                ? root.Builder.Add(Catalog<Input>.Op, [], attributes.With("name", state.Name))
                : root.Builder.Add(Catalog<FirstState>.Op, [], attributes);
            values[StateVariable.Of(state.Name)] = new TensorValue(root.Own(value));
        }

        return values;
    }

    public static ImmutableArray<Dim> Dims(EquatableArray<DimSpec> dims, int scope) => [.. dims.Select(dim => ReadDim(dim.Text, dim.Place, scope))];

    /// <summary>Reads a dimension. The names of a module belong to one use of it, so they carry the number of that use.</summary>
    public static Dim ReadDim(string text, int place, int scope)
    {
        Dim? dim = DimParser.Parse(text, out string? error);
        if (dim is null)
        {
            throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.BadDimension, place, text, error!));
        }

        return scope == 0 ? dim : dim.Substitute(name => Dim.Named(ScopedName(name, scope)));
    }

    private static string ScopedName(string name, int scope) => name + "@" + scope.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
