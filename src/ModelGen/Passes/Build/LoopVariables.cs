using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>Finds the locals that statements assign: those that existed before a loop are what the loop carries.</summary>
internal static class LoopVariables
{
    public static IEnumerable<string> AssignedBy(IEnumerable<Statement> statements) => statements.SelectMany(AssignedBy).Distinct();

    /// <summary>The place of the first statement that assigns a local, a loop's own where none does by itself.</summary>
    public static int PlaceOf(LoopStatement loop, string local) =>
        loop.Body.SelectMany(SpecWalk.Everything).OfType<AssignStatement>().FirstOrDefault(assignment => assignment.Targets.Contains(local))?.Place ?? loop.Place;

    private static IEnumerable<string> AssignedBy(Statement statement) => statement switch
    {
        AssignStatement assign => assign.Targets.Where(LocalNames.IsVariable),
        IfStatement choice => AssignedBy(choice.Then).Concat(AssignedBy(choice.Else)),
        LoopStatement loop => AssignedBy(loop.Body),
        _ => [],
    };
}
