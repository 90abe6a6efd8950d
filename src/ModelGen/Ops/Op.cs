using System.Collections.Immutable;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>What a node does. There is one instance of each op; what differs between nodes is in their attributes.</summary>
internal abstract class Op
{
    /// <summary>Gets the word, layer or primitive's name.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Gets the parameters of the word that are tensors, by the names of <c>ModelGen.Functional</c>; one name ending in <c>*</c> takes any number.</summary>
    public virtual ImmutableArray<string> InputNames { get; } = ["x"];

    /// <summary>Gets the name of a <c>params</c> list of sizes or axes, which becomes one attribute; null where there is none.</summary>
    public virtual string? ListName => null;

    /// <summary>Gets the attributes that are dimensions, given as a number or as an expression of names.</summary>
    public virtual ImmutableArray<string> DimNames { get; } = [];

    /// <summary>Gets a value indicating whether the op stands for a whole layer that owns parameters or state.</summary>
    public virtual bool IsLayer => false;

    /// <summary>Gets the attributes that the op has as a layer where the user names none, if they are others than those of the word.</summary>
    public virtual AttributeSet LayerDefaults => AttributeSet.Empty;

    public virtual TensorType ResultType(Node node) => TensorType.Float;

    /// <summary>The result's shape. Reports what does not fit and then returns the most plausible shape, so that one error does not cause others.</summary>
    public abstract Shape InferShape(ShapeContext context);
}

/// <summary>An op that stands for an expression of other ops, and so needs no gradient rule of its own.</summary>
internal abstract class CompositeOp : Op
{
    /// <summary>Writes the op as other ops.</summary>
    public abstract Node Lower(LowerContext context);
}

/// <summary>An op that the scheduler knows.</summary>
internal abstract class PrimitiveOp : Op
{
    /// <summary>The gradients of the inputs, in their order; null where there is none to give.</summary>
    public abstract ImmutableArray<Node?> Gradient(GradientContext context);

    public override Shape InferShape(ShapeContext context) => context.Node.Shape;
}
