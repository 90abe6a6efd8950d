using System.Collections.Generic;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// A primitive that the runtime has a template for: a method on the processor and one of the same name on devices, which take sizes, the inputs in one piece, and
/// the memory of the result. Nothing is fused with it, and neither the scheduler nor the printers know more of it than this.
/// </summary>
internal abstract class TemplateOp : PrimitiveOp
{
    /// <summary>Gets the template: <c>Indexing.Gather</c> is a method of that class for the processor, and the method <c>Gather</c> of a device's frame.</summary>
    public abstract string Template { get; }

    /// <summary>The sizes that the template takes, in the order of its parameters.</summary>
    public abstract IEnumerable<Dim> Sizes(Node node);

    /// <summary>What is wrong with the node's shape, or null.</summary>
    public abstract string? Problem(Node node);
}
