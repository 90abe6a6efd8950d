using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What is seen of states once all bodies are read: that they are assigned, and that the entries which use them know their sizes.</summary>
internal static class StateRules
{
    private static readonly Regex Name = new(@"[\p{L}_][\p{L}\p{Nd}_]*", RegexOptions.CultureInvariant);

    public static void Check(Reading reading, ModelSpec model)
    {
        if (model.IsModule)
        {
            return;
        }

        HashSet<string> assigned = [.. model.Methods.Where(method => method.Role == MethodRole.Forward).SelectMany(method => StateUse.AssignedBy(model, method.Body))];
        HashSet<string> used = [];
        foreach (MethodSpec entry in model.Methods.Where(method => method.Role != MethodRole.Plain))
        {
            foreach (StateSpec state in StateUse.Of(model, entry))
            {
                used.Add(state.Name);
                CheckSizes(reading, entry, state);
                CheckInputs(reading, entry, state);
            }
        }

        // What could not be read may be the assignment.
        foreach (StateSpec state in model.States.Where(state => !reading.HasErrors && used.Contains(state.Name) && !assigned.Contains(StateVariable.Of(state.Name))))
        {
            reading.Report(DiagnosticCatalog.StateNeverAssigned, state.Place, state.Name);
        }
    }

    /// <summary>A call knows the sizes of its inputs' axes, and by them those of its states.</summary>
    private static void CheckSizes(Reading reading, MethodSpec entry, StateSpec state)
    {
        HashSet<string> axes = [.. entry.Inputs.SelectMany(input => input.Dims ?? []).Select(dim => dim.Text)];
        foreach (DimSpec dim in state.Dims)
        {
            foreach (string name in Name.Matches(dim.Text).Cast<Match>().Select(match => match.Value).Where(name => !axes.Contains(name)).Distinct())
            {
                string fix = $"'{entry.Name}' uses the state '{state.Name}', so give one of its inputs an axis of this name, or write a number";
                reading.Report(DiagnosticCatalog.BadDimension, dim.Place, $"'{name}'", fix);
            }
        }
    }

    private static void CheckInputs(Reading reading, MethodSpec entry, StateSpec state)
    {
        foreach (InputSpec input in entry.Inputs.Where(input => input.Name == state.Name))
        {
            reading.Report(DiagnosticCatalog.NameClash, input.Place, input.Name, "the state of the same name");
        }
    }
}
