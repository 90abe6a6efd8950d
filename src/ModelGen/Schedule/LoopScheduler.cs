using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Schedules a loop: places what goes in and out, and schedules the body.</summary>
internal sealed class LoopScheduler(ProgramBuilder program, ShareKernels kernels, SchedulerTrace trace, ImmutableArray<int> loops, RegionScheduler around)
{
    private readonly Dictionary<Node, View> places = [];
    private readonly Dictionary<Node, View> outputs = [];

    /// <param name="graph">The graph around the loop, which names its results.</param>
    public LoopStep Run(Node loop, Graph graph)
    {
        int carried = loop.Attributes.Get<int>("carried");
        int stacked = loop.Attributes.Get<int>("stacked");
        List<Rotation> rotations = [.. Enumerable.Range(0, carried).Select(index => Rotate(loop, graph, index))];
        foreach (Node input in loop.Body!.Nodes.Where(node => node.Is<BodyInput>()))
        {
            int index = input.Attributes.Get<int>("index");
            places[input] = input.Attributes.Get<string>("kind") switch
            {
                BodyInput.Carried => new View(-1, rotations[index].Current, Dim.Zero, Inside(Dim.Zero)),
                BodyInput.Stacked => Enter(loop.Inputs[carried + index], input.Shape.Size),
                _ => Enter(loop.Inputs[carried + stacked + index], Dim.Zero),
            };
        }

        PlaceStacked(loop, graph, carried);
        string variable = program.Name(loop.Origin.Name.Length > 0 ? loop.Origin.Name : "i");
        program.OpenLoop();
        foreach (View view in rotations.Select(rotation => rotation.Initial))
        {
            program.Use(view);
        }

        List<Step> body = new RegionScheduler(program, kernels, trace, loops.Add(loop.Attributes.Get<int>("loop")), places, outputs).Run(loop.Body);
        program.CloseLoop();
        return new LoopStep(variable, loop.Attributes.Get<Dim>("count"), loop.Attributes.Get("reverse", false), rotations.ToEquatableArray(), body.ToEquatableArray());
    }

    private Rotation Rotate(Node loop, Graph graph, int index)
    {
        Node initial = loop.Inputs[index];
        GraphOutput output = loop.Body!.Outputs[index];
        string wanted = output.Name.Length > 0 ? output.Name : "carried";
        int next = program.AddStorage(wanted + ".even", StorageKind.Arena, initial.Type, -1, 0, initial.Shape);
        int spare = program.AddStorage(wanted + ".odd", StorageKind.Arena, initial.Type, -1, 0, initial.Shape);
        Rotation rotation = new(program.Name(wanted + ".now"), Outside(initial), program.Name(wanted + ".next"), next, program.Name(wanted + ".spare"), spare, initial.Type);
        program.AddVariable(rotation.Current, next, spare);
        program.AddVariable(rotation.Next, next, spare);
        outputs[Reading.RootOf(output.Value)] = new View(-1, rotation.Next, Dim.Zero, Inside(Dim.Zero));
        foreach (Node result in Results(graph, loop, index))
        {
            around.Place(result, new View(-1, rotation.Current, Dim.Zero, loops.Select(_ => Dim.Zero).ToEquatableArray()));
        }

        return rotation;
    }

    /// <summary>A stacked result lies outside of the loop; each iteration writes its part.</summary>
    private void PlaceStacked(Node loop, Graph graph, int carried)
    {
        for (int index = carried; index < loop.Body!.Outputs.Length; index++)
        {
            Node value = loop.Body.Outputs[index].Value;
            Node? result = Results(graph, loop, index).FirstOrDefault();
            if (result is not null)
            {
                View view = around.PlaceOf(result);
                outputs[Reading.RootOf(value)] = view with { LoopStrides = Deeper(view, value.Shape.Size) };
            }
        }
    }

    /// <summary>Whether a value is a result of a loop that grows from iteration to iteration.</summary>
    public static bool IsStack(Node value) => value.Is<LoopResult>() && value.Attributes.Get<int>("index") >= value.Input.Attributes.Get<int>("carried");

    private static IEnumerable<Node> Results(Graph graph, Node loop, int index) =>
        graph.Nodes.Where(node => node.Is<LoopResult>() && node.Input == loop && node.Attributes.Get<int>("index") == index);

    private View Outside(Node value)
    {
        ValueAddress address = ValueAddress.Of(value);
        View view = around.PlaceOf(address.Root);
        return view with { Offset = view.Offset + address.Offset };
    }

    private View Enter(Node value, Dim stride)
    {
        View view = Outside(value);
        return view with { LoopStrides = Deeper(view, stride) };
    }

    private EquatableArray<Dim> Inside(Dim stride) => loops.Select(_ => Dim.Zero).Append(stride).ToEquatableArray();

    /// <summary>The strides for one loop more; a view from further out does not move with the loops between.</summary>
    private EquatableArray<Dim> Deeper(View view, Dim stride) =>
        Enumerable.Range(0, loops.Length).Select(index => index < view.LoopStrides.Count ? view.LoopStrides[index] : Dim.Zero).Append(stride).ToEquatableArray();
}
