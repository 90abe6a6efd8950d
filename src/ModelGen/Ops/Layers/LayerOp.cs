using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>A layer that owns parameters or random numbers: <c>path</c> says which instance it is.</summary>
internal abstract class LayerOp : CompositeOp
{
    public override bool IsLayer => true;

    /// <summary>The dimension that fixes the sizes of the layer's parameters, or null where nothing does.</summary>
    public virtual Dim? SizedBy(Node node) => node.Input.Shape.Rank == 0 ? null : node.Input.Shape[node.Input.Shape.Rank - 1];
}
