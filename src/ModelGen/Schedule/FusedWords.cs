using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>
/// The members of a group in the words that users know: a word or layer that became several primitives is named once, its gradient with a
/// <c>d</c> in front.
/// </summary>
/// <example><code>
/// MatrixProduct, Add, ReduceSum, Div, Sub, …    →    MatMul + bias + LayerNorm
/// </code></example>
internal static class FusedWords
{
    public static IEnumerable<string> Of(Group group, ChooseStores stores) => group.Calculated.Select(node => Word(node, group, stores)).Distinct();

    private static string Word(Node node, Group group, ChooseStores stores) => node.Op switch
    {
        MatrixProduct => "MatMul",
        ReduceOp when stores.IsStored(node) && group.LevelOf(node) == Level.Column => Primitive(node.Op),
        Add when node.Origin.Word == nameof(Dense) => "bias",
        TemplateOp => Primitive(node.Op),
        TemplateResult => Primitive(node.Input.Op),
        _ => Primitive(node.Origin.Word) ?? Primitive(node.Op),
    };

    private static string Primitive(Op op) => Primitive(op.Name)!;

    private static string? Primitive(string? name) => name switch
    {
        nameof(ReduceSum) => "Sum",
        nameof(ReduceMax) => "Max",
        nameof(ReduceProduct) => "Prod",
        nameof(GatherAlong) => "Gather",
        nameof(ScatterAlong) => "Scatter",
        nameof(GeluErf) or nameof(GeluTanh) => "Gelu",
        "d" + nameof(GeluErf) or "d" + nameof(GeluTanh) => "dGelu",
        "d" + nameof(ReduceSum) => "dSum",
        "d" + nameof(MatrixProduct) => "dMatMul",
        _ => name,
    };
}
