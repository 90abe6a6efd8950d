using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Turns a graph into a program: fuses, orders, places every value in memory, and writes the kernels.</summary>
internal sealed class Scheduler
{
    private readonly ProgramBuilder program = new();
    private readonly ShareKernels kernels;
    private readonly IReadOnlyDictionary<string, ParameterPlan> parameters;
    private readonly IReadOnlyList<string> inputs;

    private Scheduler(ShareKernels kernels, IReadOnlyDictionary<string, ParameterPlan> parameters, IReadOnlyList<string> inputs)
    {
        this.kernels = kernels;
        this.parameters = parameters;
        this.inputs = inputs;
    }

    /// <param name="graph">A graph that <see cref="Prepare"/> has prepared.</param>
    /// <param name="inputs">The names of the entry's inputs; the graph may need only some of them.</param>
    /// <param name="dims">The entry's open dimensions.</param>
    /// <param name="checks">What integer inputs must hold.</param>
    /// <param name="kernels">The kernels of all programs of the model.</param>
    /// <param name="trace">Where each pass of the scheduler writes its result.</param>
    /// <param name="parameters">The places of the parameters in the flat buffer, by name.</param>
    public static (Program Program, EquatableArray<Slot> Slots) Run(
        Graph graph,
        bool isTraining,
        IReadOnlyList<string> inputs,
        IReadOnlyList<string> dims,
        IReadOnlyList<IndexCheck> checks,
        ShareKernels kernels,
        IReadOnlyDictionary<string, ParameterPlan> parameters,
        Trace trace)
    {
        Scheduler scheduler = new(kernels, parameters, inputs);
        Dictionary<Node, View> places = scheduler.Sources(graph);
        Dictionary<Node, View> outputs = scheduler.Outputs(graph);
        SchedulerTrace passes = new(trace, graph.Name, isTraining);
        List<Step> steps = new RegionScheduler(scheduler.program, scheduler.kernels, passes, [], places, outputs).Run(graph);
        (EquatableArray<Storage> storages, EquatableArray<Slot> slots) = PlanMemory.Run(scheduler.program.Storages, scheduler.program.Lifetimes());
        Program program = new(graph.Name, isTraining, dims.ToEquatableArray(), storages, checks.ToEquatableArray(), steps.ToEquatableArray());
        passes.Write("PlanMemory", () => ProgramPrinter.Print(program));
        return (program, slots);
    }

    private Dictionary<Node, View> Sources(Graph graph)
    {
        Dictionary<Node, View> places = [];
        foreach (Node node in graph.Nodes)
        {
            int? storage = node.Op switch
            {
                Input => InputStorage(node),
                Ops.Parameter => ParameterStorage(node),
                _ => null,
            };
            if (storage is { } known)
            {
                places[node] = new View(known, null, Dim.Zero, []);
            }
        }

        return places;
    }

    private int InputStorage(Node node)
    {
        string name = node.Attributes.Get<string>("name");
        int index = Enumerable.Range(0, inputs.Count).First(candidate => inputs[candidate] == name);
        return program.AddStorage(name, StorageKind.Input, node.Type, index, 0, node.Shape);
    }

    private int ParameterStorage(Node node)
    {
        string name = node.Attributes.Get<string>("name");
        return program.AddStorage(name, StorageKind.Parameter, TensorType.Float, 0, parameters[name].Offset, node.Shape);
    }

    /// <summary>Results and gradients are written where they belong, by the kernels that calculate them.</summary>
    private Dictionary<Node, View> Outputs(Graph graph)
    {
        Dictionary<Node, View> outputs = [];
        int results = 0;
        foreach (GraphOutput output in graph.Outputs)
        {
            Node root = Reading.RootOf(output.Value);
            int storage = output.Role == OutputRole.Gradient
                ? program.AddStorage("d." + output.Name, StorageKind.Gradient, TensorType.Float, 0, parameters[output.Name].Offset, root.Shape)
                : program.AddStorage(output.Name, StorageKind.Output, output.Value.Type, results++, 0, output.Value.Shape);
            outputs[root] = new View(storage, null, Dim.Zero, []);
        }

        return outputs;
    }
}
