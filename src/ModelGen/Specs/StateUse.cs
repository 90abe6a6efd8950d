using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Specs;

/// <summary>Finds the states that methods read and assign, in calls of other methods, too.</summary>
internal static class StateUse
{
    /// <summary>The states that a method reads or assigns, in the order of their declaration.</summary>
    public static IEnumerable<StateSpec> Of(ModelSpec model, MethodSpec method)
    {
        if (model.States.Count == 0)
        {
            return [];
        }

        HashSet<string> used = [.. Reached(model, method.Body).SelectMany(SpecWalk.Everything).SelectMany(Used)];
        return model.States.Where(state => used.Contains(StateVariable.Of(state.Name)));
    }

    /// <summary>The variables of the states that statements assign by themselves or through calls.</summary>
    public static IEnumerable<string> AssignedBy(ModelSpec model, EquatableArray<Statement> statements) => model.States.Count == 0
        ? []
        : Reached(model, statements).SelectMany(SpecWalk.Everything).OfType<AssignStatement>().SelectMany(assignment => assignment.Targets).Where(StateVariable.Is).Distinct();

    /// <summary>The statements, and the bodies of the methods that they call.</summary>
    private static IEnumerable<Statement> Reached(ModelSpec model, EquatableArray<Statement> statements)
    {
        HashSet<string> met = [];
        Queue<EquatableArray<Statement>> bodies = new([statements]);
        while (bodies.Count > 0)
        {
            EquatableArray<Statement> body = bodies.Dequeue();
            foreach (Statement statement in body)
            {
                yield return statement;
            }

            foreach (string called in body.SelectMany(SpecWalk.Everything).Select(Called).OfType<string>().Where(met.Add))
            {
                bodies.Enqueue(model.Methods.First(method => method.Key == called).Body);
            }
        }
    }

    /// <summary>The key of the method that is called, or taken as a step.</summary>
    private static string? Called(object part) => part switch
    {
        CallExpression { Kind: CallKind.Method } call => call.Target,
        MethodExpression step => step.Method,
        _ => null,
    };

    private static IEnumerable<string> Used(object part) => part switch
    {
        AssignStatement assignment => assignment.Targets.Where(StateVariable.Is),
        NameExpression name => [name.Name],
        _ => [],
    };
}
