using System.Linq;
using ModelGen.Ops;

namespace ModelGen.Graphs;

/// <summary>How the values inside of a loop and those around it belong together.</summary>
internal static class LoopShapes
{
    /// <summary>What is wrong with an input of a loop's body, or null.</summary>
    public static string? Problem(Node loop, Node input, bool hasShapes)
    {
        int carried = loop.Attributes.Get<int>("carried");
        int stacked = loop.Attributes.Get<int>("stacked");
        int index = input.Attributes.Get<int>("index");
        (int first, int count) = input.Attributes.Get<string>("kind") switch
        {
            BodyInput.Carried => (0, carried),
            BodyInput.Stacked => (carried, stacked),
            _ => (carried + stacked, loop.Inputs.Length - carried - stacked),
        };
        if (index < 0 || index >= count)
        {
            return $"the loop has {count} values of that kind";
        }

        Node outside = loop.Inputs[first + index];
        Shape? expected = !hasShapes ? null : first == carried && stacked > 0 && index < stacked ? Element(outside.Shape, loop) : outside.Shape;
        return !hasShapes ? null
            : expected is null ? "the leading axis of a stacked value counts the iterations"
            : input.Shape == expected && input.Type == outside.Type ? null
            : $"the loop is given {expected}";
    }

    /// <summary>What is wrong with a result of a loop, or null.</summary>
    public static string? Result(Node result)
    {
        Node loop = result.Input;
        int index = result.Attributes.Get<int>("index");
        if (loop.Op is not Loop || index < 0 || index >= loop.Body!.Outputs.Length)
        {
            return "the loop has no such result";
        }

        Shape shape = loop.Body.Outputs[index].Value.Shape;
        Shape expected = index < loop.Attributes.Get<int>("carried") ? shape : Shape.Of(new[] { loop.Attributes.Get<Dim>("count") }.Concat(shape));
        return result.Shape == expected ? null : $"the loop gives {expected}";
    }

    private static Shape? Element(Shape stack, Node loop) => stack.Rank > 0 && stack[0] == loop.Attributes.Get<Dim>("count") ? stack.Without([0]) : null;
}
