using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Schedules one graph: that of a program, or the body of a loop in it.</summary>
/// <param name="trace">Where the passes write their results.</param>
/// <param name="loops">The numbers of the loops around, the outermost first.</param>
/// <param name="places">Where the graph's sources lie.</param>
/// <param name="outputs">Where the graph's outputs have to go, by the nodes that calculate them.</param>
internal sealed class RegionScheduler(
    ProgramBuilder program, ShareKernels kernels, SchedulerTrace trace, ImmutableArray<int> loops, Dictionary<Node, View> places, IReadOnlyDictionary<Node, View> outputs)
{
    private readonly List<Step> steps = [];
    private readonly HashSet<(Node Joined, int Part)> inPlace = [];

    public List<Step> Run(Graph graph)
    {
        ImmutableArray<Group> groups = FuseKernels.Run(graph);
        trace.Write($"FuseKernels of {graph.Name}", () => string.Join("\n", groups));
        ChooseStores stores = ChooseStores.Run(graph, groups);
        ImmutableArray<Group> ordered = OrderKernels.Run(groups, stores);
        trace.Write($"OrderKernels of {graph.Name}", () => string.Join(" → ", ordered.Select(group => group.Id)));
        foreach (Group group in ordered.Where(group => group.Kind == GroupKind.Concat))
        {
            GrowInPlace(group.First);
        }

        foreach (Group group in ordered)
        {
            Schedule(group, stores, graph);
        }

        return steps;
    }

    /// <summary>Where a value lies; a new part of the arena the first time.</summary>
    public View PlaceOf(Node root)
    {
        if (!places.TryGetValue(root, out View? place))
        {
            place = outputs.TryGetValue(root, out View? output)
                ? output
                : new View(program.AddStorage(KernelNames.Wanted(root), StorageKind.Arena, root.Type, -1, 0, root.Shape), null, Dim.Zero, Zeros());
            places[root] = place;
        }

        return place;
    }

    /// <summary>Says where a value lies.</summary>
    public void Place(Node root, View view) => places[root] = view;

    private EquatableArray<Dim> Zeros() => loops.Select(_ => Dim.Zero).ToEquatableArray();

    private void Schedule(Group group, ChooseStores stores, Graph graph)
    {
        switch (group.Kind)
        {
            case GroupKind.Loop:
                steps.Add(new LoopScheduler(program, kernels, trace, loops, this).Run(group.First, graph));
                break;
            case GroupKind.Concat:
                for (int part = 0; part < group.First.Inputs.Length; part++)
                {
                    if (!inPlace.Contains((group.First, part)))
                    {
                        AddConcat(group, part, stores);
                    }
                }

                break;
            default:
                KernelWriter writer = new(group, stores, loops);
                string name = KernelNames.Wanted(MainOf(group, stores));
                Kernel kernel = group.Kind switch
                {
                    GroupKind.Product => BuildProduct.Run(writer, name, []),
                    GroupKind.Template => BuildTemplate.Run(writer, name, []),
                    _ => BuildRows.Run(writer, name, []),
                };
                if (kernel.Operands.Any(operand => operand.IsWritten)) // a group whose values all others calculate again leaves nothing
                {
                    Add(kernel with { Comment = KernelComment.Of(group, writer, stores) }, writer);
                }

                break;
        }
    }

    /// <summary>A stack that is to be a part of a joined value in one piece grows there, and need not be copied.</summary>
    private void GrowInPlace(Node joined)
    {
        bool inOnePiece = joined.Shape.Take(joined.Attributes.Get<int>("axis")).All(dim => dim == Dim.One);
        for (int part = 0; part < joined.Inputs.Length && inOnePiece; part++)
        {
            Node stack = joined.Inputs[part];
            if (LoopScheduler.IsStack(stack) && !places.ContainsKey(stack) && !outputs.ContainsKey(stack))
            {
                View whole = PlaceOf(joined);
                Place(stack, whole with { Offset = whole.Offset + JoinedPart.Start(joined, part) });
                inPlace.Add((joined, part));
            }
        }
    }

    /// <summary>The value that a kernel is named after: the last whole one that it writes, rather than a sum or a part of an expression.</summary>
    private static Node MainOf(Group group, ChooseStores stores) =>
        group.Kind == GroupKind.Template ? group.First
        : group.Members.Where(stores.IsStored).OrderByDescending(member => (group.LevelOf(member) == Level.Full, member.Origin.Part is null, member.Id)).FirstOrDefault() ?? group.First;

    private void AddConcat(Group group, int part, ChooseStores stores)
    {
        KernelWriter writer = new(BuildConcat.PartOf(group, group.First.Inputs[part]), stores, loops);
        Node concat = group.First;
        Kernel kernel = BuildConcat.Run(writer, concat, part, KernelNames.Wanted(concat), []);
        string line = KernelComment.Expression(KernelNames.Readable(concat), concat);
        Add(kernel with { Comment = [line, $"Copies part {part + 1} of {concat.Inputs.Length}", $"{concat.Inputs[part].Shape} → {concat.Shape}"] }, writer);
    }

    private void Add(Kernel kernel, KernelWriter writer)
    {
        List<View> arguments = [];
        List<(int Id, OutputCheck Check)> checks = [];
        foreach ((Node root, Dim offset) in writer.Memory)
        {
            View view = offset == KernelWriter.PartialOffset ? Partials(kernel, root, arguments.Count) : PlaceOf(root);
            if (offset == Dim.Zero && !(root.Op is ConcatAlong && writer.Group.Kind == GroupKind.Concat) && root.Type == TensorType.Float && kernel.Operands[arguments.Count].IsWritten)
            {
                // Parts of a concatenation are copies of what was looked at before.
                checks.Add((root.Id, new OutputCheck(arguments.Count, root.Shape.Size, Label(root))));
            }

            View at = offset == KernelWriter.PartialOffset ? view : view with { Offset = view.Offset + offset };
            program.Use(at);
            arguments.Add(at);
        }

        program.NextStep();
        EquatableArray<OutputCheck> ordered = checks.OrderBy(check => check.Id).Select(check => check.Check).ToEquatableArray();
        steps.Add(new KernelStep(kernels.Share(kernel), arguments.ToEquatableArray(), ordered));
    }

    private View Partials(Kernel kernel, Node sum, int operand)
    {
        EquatableArray<BlockSum> sums = kernel is RowKernel rows ? rows.Sums : ((ProductKernel)kernel).Sums;
        Dim columns = sums.First(candidate => candidate.Partials == operand).Columns;
        Dim length = Dim.Of(MaxBlocks) * columns;
        string shape = $"[{MaxBlocks} blocks, {columns}]";
        return new View(program.AddStorage(KernelNames.Wanted(sum) + "Partials", StorageKind.Arena, TensorType.Float, -1, 0, length, shape), null, Dim.Zero, Zeros());
    }

    /// <summary>The most blocks that the runtime divides rows into (<c>Launch.MaxBlocks</c>).</summary>
    private const int MaxBlocks = 64;

    private static string Label(Node node) => KernelComment.Expression(KernelNames.Readable(node), node);
}
