using System.Collections.Generic;
using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// A primitive that the runtime has a template for: a method on the processor and one of the same name on devices, which take sizes, the inputs in one piece, and
/// the memory of the results. Nothing is fused with it, and neither the scheduler nor the printers know more of it than this.
/// </summary>
internal abstract class TemplateOp : PrimitiveOp
{
    /// <summary>Gets the template: <c>Indexing.Gather</c> is a method of that class for the processor, and the method <c>Gather</c> of a device's frame.</summary>
    public abstract string Template { get; }

    /// <summary>Gets a value indicating whether the processor's method takes the frame, whose scratch memory it needs, instead of the number of threads.</summary>
    public virtual bool TakesFrame => false;

    /// <summary>The sizes that the template takes, in the order of its parameters.</summary>
    public abstract IEnumerable<Dim> Sizes(Node node);

    /// <summary>The numbers that the template takes behind its sizes.</summary>
    public virtual IEnumerable<double> Numbers(Node node) => [];

    /// <summary>The shapes of what the template calculates besides the node's own value: see <see cref="TemplateResult"/>.</summary>
    public virtual ImmutableArray<Shape> Others(Node node) => [];

    /// <summary>What is wrong with the node's shape, or null.</summary>
    public abstract string? Problem(Node node);
}

/// <summary>What a template calculates besides its own value: <c>index</c> counts <see cref="TemplateOp.Others"/>. What nobody needs, the template is not asked for.</summary>
/// <remarks>No gradient flows back through it.</remarks>
internal sealed class TemplateResult : PrimitiveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context) => [null];

    /// <summary>What is wrong with the node's shape, or null.</summary>
    public static string? Problem(Node node)
    {
        ImmutableArray<Shape> others = node.Input.Op is TemplateOp op ? op.Others(node.Input) : [];
        int index = node.Attributes.Get<int>("index");
        return index < others.Length && others[index] == node.Shape ? null : "a template has as many other results, of these shapes";
    }
}
