using System;
using System.Collections.Immutable;
using System.Linq;

namespace ModelGen;

/// <summary>Which group each parameter of a model belongs to: the first whose pattern its name has.</summary>
internal static class GroupAssignment
{
    /// <summary>The group of each parameter; null for those of none.</summary>
    /// <exception cref="ArgumentException">A group has no parameters.</exception>
    public static ParameterGroup?[] Of(ParameterCollection parameters, ImmutableArray<ParameterGroup> groups)
    {
        ParameterGroup?[] assigned = [.. parameters.Select(parameter => groups.FirstOrDefault(group => Has(group, parameter)))];
        foreach (ParameterGroup group in groups)
        {
            if (!assigned.Contains(group))
            {
                throw new ArgumentException(parameters.FirstOrDefault(parameter => Has(group, parameter)) is Parameter taken
                    ? $"The group '{group}' is left without parameters, as the first group counts that a name fits: '{taken.Name}' is in the group '{groups.First(first => Has(first, taken))}'. Put narrower groups first."
                    : $"The group '{group}' fits no parameter; there are: {string.Join(", ", parameters.Select(parameter => parameter.Name))}.");
            }
        }

        return assigned;
    }

    private static bool Has(ParameterGroup group, Parameter parameter) => ParameterNames.Matches(parameter.Name, group.Pattern);
}
