using System;

namespace ModelGen;

/// <summary>What the losses of stacks have in common: the stack's last output is compared with an input named <c>target</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class StackLossAttribute : Attribute;

/// <summary>Ends a stack that classifies: its output are logits <c>[.., classes]</c>, the target holds class indices <c>[..]</c>.</summary>
/// <seealso cref="Functional.SoftmaxCrossEntropy"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SoftmaxCrossEntropyAttribute : StackLossAttribute;

/// <summary>Ends a stack that predicts numbers: the target has the shape of its output.</summary>
/// <seealso cref="Functional.Mse"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MseAttribute : StackLossAttribute;

/// <summary>Ends a stack that answers yes or no: its output are logits, the target has the same shape and lies between 0 and 1.</summary>
/// <seealso cref="Functional.BinaryCrossEntropy"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BinaryCrossEntropyAttribute : StackLossAttribute;
