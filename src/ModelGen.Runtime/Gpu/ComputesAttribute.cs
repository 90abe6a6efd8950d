using System;

namespace ModelGen.Gpu;

/// <summary>What a generated kernel computes, in the user's words: for messages.</summary>
/// <param name="expression">The user's expression, such as <c>hidden = Relu(fc1(x))</c>.</param>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class ComputesAttribute(string expression) : Attribute
{
    /// <summary>Gets the user's expression.</summary>
    public string Expression { get; } = expression;
}
