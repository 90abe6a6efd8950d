using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>A parameter of the model: all copies of it lie one after another.</summary>
/// <param name="Name">As in files, with <c>*</c> for the index of a repeated module.</param>
internal sealed record ModelParameter(string Name, ImmutableArray<int> Repeat, Shape Shape, Initializer Initializer)
{
    /// <summary>Gets the shape with a leading axis per repetition.</summary>
    public Shape Whole => Shape.Of(Repeat.Select(count => (Dim)count).Concat(Shape));
}

/// <summary>The parameters of a model in the order in which its methods first use them.</summary>
internal sealed class ModelParameters
{
    private readonly Dictionary<string, ModelParameter> byName = [];
    private readonly List<ModelParameter> ordered = [];

    public IReadOnlyList<ModelParameter> All => ordered;

    public ModelParameter Declare(ModelParameter parameter)
    {
        if (byName.TryGetValue(parameter.Name, out ModelParameter? known))
        {
            return known;
        }

        ordered.Add(parameter);
        return byName[parameter.Name] = parameter;
    }
}
