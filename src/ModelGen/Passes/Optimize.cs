using System.Collections.Generic;
using ModelGen.Graphs;

namespace ModelGen.Passes;

/// <summary>The passes that make a graph smaller, in their order; what one of them leaves, the next round may shorten further.</summary>
internal static class Optimize
{
    private const int Rounds = 3;

    /// <summary>The graph after each pass, with the pass's name.</summary>
    public static IEnumerable<(string Pass, Graph Graph)> Run(Graph graph)
    {
        for (int round = 0; round < Rounds; round++)
        {
            yield return ("Simplify", graph = Simplify.Run(graph));
            yield return ("ShareSubexpressions", graph = ShareSubexpressions.Run(graph));
            yield return ("HoistSums", graph = HoistSums.Run(graph));
            yield return ("EliminateDead", graph = EliminateDead.Run(graph));
        }
    }
}
