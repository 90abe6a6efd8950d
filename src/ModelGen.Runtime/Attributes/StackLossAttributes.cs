using System;

namespace ModelGen;

/// <summary>What the losses of stacks have in common: the stack's last output is compared with an input named <c>target</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class StackLossAttribute : Attribute;

/// <summary>Ends a stack that classifies: its output are logits <c>[.., classes]</c>, the target holds class indices <c>[..]</c>.</summary>
/// <seealso cref="Functional.SoftmaxCrossEntropy(Tensor, Tensor{int}, double, int)"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SoftmaxCrossEntropyAttribute : StackLossAttribute
{
    /// <summary>Gets or sets the share of the target that is spread over all classes, from 0 to 1.</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>Gets or sets a target, such as −100, whose positions count nowhere; nothing is ignored unless it is set.</summary>
    public int IgnoreIndex { get; set; } = int.MinValue;
}

/// <summary>Ends a stack that predicts numbers: the target has the shape of its output.</summary>
/// <seealso cref="Functional.Mse"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MseAttribute : StackLossAttribute;

/// <summary>Ends a stack that predicts numbers: the target has the shape of its output, and errors count by their magnitude.</summary>
/// <seealso cref="Functional.Mae"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MaeAttribute : StackLossAttribute;

/// <summary>Ends a stack that predicts numbers: the target has the shape of its output; small errors count by their square, large ones by their magnitude.</summary>
/// <seealso cref="Functional.Huber"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class HuberAttribute : StackLossAttribute
{
    /// <summary>Gets or sets where the loss becomes a line; above 0.</summary>
    public double Delta { get; set; } = 1;
}

/// <summary>Ends a stack that decides between two classes: its output is above 0 for the one and below for the other, the target 1 or −1.</summary>
/// <seealso cref="Functional.Hinge"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class HingeAttribute : StackLossAttribute;

/// <summary>Ends a stack whose output are logarithms of probabilities, as <c>[LogSoftmax]</c> leaves them: the target are probabilities of the same shape.</summary>
/// <seealso cref="Functional.KlDivergence"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KlDivergenceAttribute : StackLossAttribute
{
    /// <summary>Gets or sets a value indicating whether the target holds logarithms, too.</summary>
    public bool LogTarget { get; set; }
}

/// <summary>Ends a stack that answers yes or no: its output are logits, the target has the same shape and lies between 0 and 1.</summary>
/// <seealso cref="Functional.BinaryCrossEntropy"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BinaryCrossEntropyAttribute : StackLossAttribute;

/// <summary>Ends a stack that answers yes or no where one of them is rare: its output are logits, the target has the same shape and lies between 0 and 1.</summary>
/// <seealso cref="Functional.Focal"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FocalAttribute : StackLossAttribute
{
    /// <summary>Gets or sets the weight where the target is 1, up to 1; a negative one leaves weights out.</summary>
    public double Alpha { get; set; } = 0.25;

    /// <summary>Gets or sets how much less a term counts the more it is right; 0 or more.</summary>
    public double Gamma { get; set; } = 2;
}
