using System.Collections.Generic;
using System.Linq;
using ModelGen.Passes;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>The flat parameter buffer: gradients and optimizer states have the same layout.</summary>
internal sealed record PlannedParameters(EquatableArray<ParameterPlan> All, long Length)
{
    public IReadOnlyDictionary<string, ParameterPlan> ByName { get; } = All.ToDictionary(parameter => parameter.Name);
}

/// <summary>Lays the parameters one after another, each at a multiple of 16 floats, so that vectors never straddle two of them.</summary>
internal static class PlanParameters
{
    private const long Alignment = 16;

    public static PlannedParameters Run(IEnumerable<ModelParameter> parameters)
    {
        List<ParameterPlan> planned = [];
        long offset = 0;
        foreach (ModelParameter parameter in parameters)
        {
            EquatableArray<int> shape = parameter.Shape.Select(dim => (int)dim.Value).ToEquatableArray();
            planned.Add(new ParameterPlan(parameter.Name, parameter.Repeat.ToEquatableArray(), shape, offset, parameter.Initializer.Kind, parameter.Initializer.Scale));
            offset += (parameter.Whole.Size.Value + Alignment - 1) / Alignment * Alignment;
        }

        return new PlannedParameters(planned.ToEquatableArray(), offset);
    }
}
