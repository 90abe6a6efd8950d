using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Passes.Hoisting;

namespace ModelGen.Passes;

/// <summary>
/// Takes products out of loops that need nothing of the iteration before: those of a sequence's elements with a matrix become one product of the whole sequence in front of
/// the loop, and those that are the same in every iteration are calculated once. It runs before <c>Differentiate</c>, so that the gradients are such products, too.
/// </summary>
/// <example><code>
/// %9 = Loop %0 %1 %2 …                             %8 = MatrixProduct (%1 as [time*batch, 3]) %2 {transposeB}
///   %3 = BodyInput {kind=stacked}                  %9 = Loop %0 (%8 as [time, batch, 16]) …
///   %4 = BodyInput {kind=captured}                   %3 = BodyInput {kind=stacked}
///   %5 = MatrixProduct %3 %4 {transposeB}     →      %6 = Add … %3
///   %6 = Add … %5
/// </code></example>
internal sealed class HoistProducts : Rewriter
{
    public static Graph Run(Graph graph) => graph.Nodes.Any(node => node.Is<Loop>()) ? new HoistProducts().Rewrite(graph) : graph;

    protected override Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body) =>
        body is null ? builder.Copy(node, inputs) : new LoopWithoutProducts(builder, node, inputs, body).Write();
}
