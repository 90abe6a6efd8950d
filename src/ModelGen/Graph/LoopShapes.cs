using System.Linq;
using ModelGen.Ops;

namespace ModelGen.Graphs;

/// <summary>How the values inside of a loop and those around it belong together.</summary>
internal static class LoopShapes
{
    /// <summary>What is wrong with an input of a loop's body, or null.</summary>
    public static string? Problem(Node loop, Node input, bool hasShapes)
    {
        (int first, int count) = Among(loop, input);
        int carried = loop.Attributes.Get<int>("carried");
        int stacked = loop.Attributes.Get<int>("stacked");
        int index = input.Attributes.Get<int>("index");
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

    /// <summary>What an input of a loop's body stands for among the inputs of the loop.</summary>
    public static Node Outside(Node loop, Node input) => loop.Inputs[Among(loop, input).First + input.Attributes.Get<int>("index")];

    /// <summary>The shape of an input of a loop's body: an element of what is stacked, and all else as it is around the loop.</summary>
    public static Shape Inside(Node loop, Node input)
    {
        Shape outside = Outside(loop, input).Shape;
        return input.Attributes.Get<string>("kind") == BodyInput.Stacked ? outside.Without([0]) : outside;
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

    /// <summary>Where the loop's inputs of the same kind are.</summary>
    private static (int First, int Count) Among(Node loop, Node input)
    {
        int carried = loop.Attributes.Get<int>("carried");
        int stacked = loop.Attributes.Get<int>("stacked");
        return input.Attributes.Get<string>("kind") switch
        {
            BodyInput.Carried => (0, carried),
            BodyInput.Stacked => (carried, stacked),
            _ => (carried + stacked, loop.Inputs.Length - carried - stacked),
        };
    }

    private static Shape? Element(Shape stack, Node loop) => stack.Rank > 0 && stack[0] == loop.Attributes.Get<Dim>("count") ? stack.Without([0]) : null;
}
