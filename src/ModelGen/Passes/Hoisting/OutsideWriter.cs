using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Hoisting;

/// <summary>Writes free values of a loop's body in front of the loop: as they are, or as stacks of all iterations.</summary>
/// <param name="loop">The loop as it was.</param>
/// <param name="inputs">Its inputs as they are now.</param>
internal sealed class OutsideWriter(GraphBuilder around, Node loop, Node[] inputs, FreeValues free)
{
    private readonly Dictionary<Node, Node> written = [];

    /// <summary>A value of the body: with a leading axis that counts the iterations where it differs among them.</summary>
    public Node Of(Node value)
    {
        if (!written.TryGetValue(value, out Node? known))
        {
            Node[] operands = [.. value.Inputs.Select(Of)];
            around.Origin = value.Origin;
            written[value] = known = value.Is<BodyInput>() ? Given(value) : free.Differs(value) ? Stacked(value, operands) : around.Copy(value, operands);
        }

        return known;
    }

    private Node Given(Node input)
    {
        int firstStacked = loop.Attributes.Get<int>("carried");
        int first = free.Differs(input) ? firstStacked : firstStacked + loop.Attributes.Get<int>("stacked");
        return inputs[first + input.Attributes.Get<int>("index")];
    }

    private Node Stacked(Node value, Node[] operands) => value.Op switch
    {
        MatrixProduct => around.RowsTimes(operands[0], operands[1], value.Attributes.Get("transposeB", false)),
        ReshapeTo => around.Reshape(operands[0], Stack(value.Shape)),
        PermuteTo => around.Permute(operands[0], value.Attributes.Axes("order").Select(axis => axis + 1).Prepend(0)),
        SliceOf when value.Attributes.Get<int>("axis") is int axis => around.Slice(operands[0], axis + 1, value.Attributes.Get<Dim>("start"), value.Shape[axis]),
        Broadcast => around.Broadcast(operands[0], Stack(value.Shape), value.Attributes.Axes("axes").Select(axis => axis + 1).Prepend(0)),
        _ => around.Add(value.Op, operands.Select((operand, index) => Along(operand, value.Inputs[index], value.Shape)), value.Attributes, Stack(value.Shape), value.Type),
    };

    /// <summary>An operand of an elementwise op, which has the shape of the result or is a single number.</summary>
    private Node Along(Node operand, Node value, Shape shape) =>
        free.Differs(value) ? (value.Shape == shape ? operand : around.Broadcast(operand, Stack(shape), [0]))
        : value.Shape.Rank == 0 ? operand
        : around.Broadcast(operand, Stack(shape), Enumerable.Range(1, shape.Rank));

    private Shape Stack(Shape shape) => Shape.Of([loop.Attributes.Get<Dim>("count"), .. shape]);
}
