using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>Finds the locals that statements assign: those that existed before a loop are what the loop carries.</summary>
internal static class LoopVariables
{
    public static IEnumerable<string> AssignedBy(IEnumerable<Statement> statements) => statements.SelectMany(AssignedBy).Distinct();

    private static IEnumerable<string> AssignedBy(Statement statement) => statement switch
    {
        AssignStatement assign => assign.Targets.Where(LocalNames.IsVariable),
        IfStatement choice => AssignedBy(choice.Then).Concat(AssignedBy(choice.Else)),
        ForStatement loop => AssignedBy(loop.Body),
        ForEachStatement loop => AssignedBy(loop.Body),
        _ => [],
    };
}
