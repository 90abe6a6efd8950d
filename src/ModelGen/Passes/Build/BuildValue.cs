using System.Collections.Immutable;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>What an expression stands for while a method is read.</summary>
internal abstract record BuildValue;

internal sealed record TensorValue(Node Node) : BuildValue;

internal sealed record NumberValue(double Number, bool IsInteger) : BuildValue;

internal sealed record BoolValue(bool Value) : BuildValue;

/// <summary>A text or the name of an enum's member.</summary>
internal sealed record TextValue(string Text) : BuildValue;

internal sealed record ListValue(ImmutableArray<BuildValue> Items) : BuildValue;

internal sealed record TupleValue(ImmutableArray<BuildValue> Items) : BuildValue;

/// <summary>The tensors that a word gives, of which each is written when it is used.</summary>
/// <param name="Part">The tensor at an index, under a name; how many the user takes apart, if that is known.</param>
/// <param name="Count">How many there are, where that is known before shapes are.</param>
internal sealed record PartsValue(System.Func<int, string?, int?, BuildValue> Part, int? Count) : BuildValue;

/// <summary>A module at a path such as <c>Blocks[@5+0/4].</c>: see <see cref="InstancePath"/>.</summary>
internal sealed record ModuleValue(ModelSpec Spec, string Path) : BuildValue;

/// <summary>The variable of a loop that is kept as a loop: start + step · iteration.</summary>
internal sealed record LoopVariableValue(int Loop, int Start, int Step) : BuildValue;

/// <summary>The size of an axis: a number that shape inference knows.</summary>
internal sealed record SizeValue(Node Of, int Axis) : BuildValue;

/// <summary>The value of an expression that was already reported.</summary>
internal sealed record ErrorValue : BuildValue
{
    public static ErrorValue Instance { get; } = new();
}
