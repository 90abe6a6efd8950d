using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Writes the kernel of a group over rows, pass after pass.</summary>
internal sealed class BuildRows
{
    private readonly KernelWriter kernel;
    private readonly Group group;
    private readonly ChooseStores stores;
    private readonly GroupPasses passes;
    private readonly KeptValues kept;
    private readonly Dictionary<Node, Value> rowValues = [];
    private readonly Dictionary<Node, string> totals = [];
    private readonly RowWriter rows;
    private readonly List<Stage> stages = [];
    private readonly List<BlockSum> sums = [];

    private BuildRows(KernelWriter kernel)
    {
        this.kernel = kernel;
        group = kernel.Group;
        stores = kernel.Stores;
        passes = new GroupPasses(group, stores);
        kept = KeptValues.Plan(group, stores, passes);
        rows = new RowWriter(kernel, rowValues);
    }

    public static Kernel Run(KernelWriter kernel, string name, EquatableArray<string> comment) => new BuildRows(kernel).Build(name, comment);

    private Kernel Build(string name, EquatableArray<string> comment)
    {
        for (int pass = 0; pass <= passes.Last; pass++)
        {
            WriteRowStage(pass);
            WriteLoop(pass);
        }

        WriteRowStage(passes.Last + 1);
        stages.Insert(0, new Stage(false, rows.Start.ToEquatableArray()));
        EquatableArray<Stage> all = stages.Where(stage => stage.Body.Count > 0).ToEquatableArray();
        RowKernel built = new(name, comment, kernel.Operands, kernel.Streams, kernel.LoopIndexes, kernel.Outer.ToEquatableArray(), group.Space.Inner, all, sums.ToEquatableArray());
        return ChooseTeam.Run(Flatten.Run(built));
    }

    /// <summary>Numbers of the row that are known before a pass, and what is done with them.</summary>
    private void WriteRowStage(int pass)
    {
        List<Instruction> body = [];
        foreach (Node node in group.Members.Where(node => group.LevelOf(node) == Level.Row && node.Op is ElementwiseOp && passes.Of(node) == pass))
        {
            rows.Calculate(node, body);
        }

        foreach (Node node in group.Members.Where(node => group.LevelOf(node) == Level.Row && stores.IsStored(node) && ReadyBefore(node) == pass))
        {
            body.Add(new Store(kernel.Rows(node, isWritten: true), rowValues[node]));
        }

        foreach (Node node in group.Members.Where(node => group.LevelOf(node) == Level.Total && TotalBefore(node) == pass))
        {
            Value part = totals.TryGetValue(node, out string? local) ? new LocalValue(local) : rows.Read(node.Input);
            body.Add(new Accumulate(sums.Count, part));
            sums.Add(SumOver(node, Dim.One));
        }

        stages.Add(new Stage(false, body.ToEquatableArray()));
    }

    private int ReadyBefore(Node node) => node.Op is ReduceOp ? passes.Of(node) + 1 : passes.Of(node);

    /// <summary>A total of row numbers is summed where they are known; one of elements after the pass that sums them along the row.</summary>
    private int TotalBefore(Node node) => IsOfRows(node) ? passes.Of(node) : passes.Of(node) + 1;

    private bool IsOfRows(Node total) => Reading.In(group, total.Input)?.Level == Level.Row;

    private void WriteLoop(int pass)
    {
        Node[] written = [.. group.Members.Where(node => group.LevelOf(node) == Level.Full && stores.IsStored(node) && passes.Of(node) == pass)];
        Node[] reduced = [.. group.Members.Where(node => node.Op is ReduceOp && passes.Of(node) == pass && !(group.LevelOf(node) == Level.Total && IsOfRows(node)))];
        Node[] joined = [.. group.Members.Where(node => group.LevelOf(node) == Level.Joined && passes.Of(node) == pass)];
        kernel.BeginStage();
        ElementWriter elements = new(kernel, rowValues, rows);
        foreach ((Node value, Node place) in kept.ReadIn(pass))
        {
            elements.Read(value, kernel.Elements(place, place.Shape));
        }

        elements.Plan(written.Concat(kept.WrittenIn(pass).Select(value => value.Value)).Concat(reduced.Select(node => node.Input)).Concat(joined.SelectMany(node => node.Inputs)));
        Dictionary<Node, string> results = [];
        foreach (Node node in written)
        {
            Value value = elements.Read(node, node.Shape);
            elements.Body.Add(new Store(kernel.Elements(node, node.Shape, isWritten: true), value));
        }

        foreach (Node whole in joined)
        {
            elements.Join(whole);
        }

        foreach ((Node value, Node place) in kept.WrittenIn(pass))
        {
            elements.Body.Add(new Store(kernel.Elements(place, place.Shape, isWritten: true), elements.Read(value, value.Shape)));
        }

        foreach (Node node in reduced)
        {
            WriteReduction(node, elements, results);
        }

        stages.Add(new Stage(true, elements.Body.ToEquatableArray()));
        foreach (KeyValuePair<Node, string> result in results)
        {
            rowValues[result.Key] = new LocalValue(result.Value);
        }
    }

    private void WriteReduction(Node node, ElementWriter elements, Dictionary<Node, string> results)
    {
        Value value = elements.Read(node.Input, node.Input.Shape);
        if (group.LevelOf(node) == Level.Column)
        {
            elements.Body.Add(new Accumulate(sums.Count, value));
            sums.Add(SumOver(node, group.Space.Inner));
            return;
        }

        string local = kernel.Name(kernel.Stores.IsStored(node) ? KernelNames.Wanted(node) + ".of.row" : KernelNames.Local(node));
        elements.Body.Add(new Reduce(local, ReductionKind.Of(node.Op), value));
        (group.LevelOf(node) == Level.Total ? totals : results)[node] = local;
    }

    private BlockSum SumOver(Node node, Dim columns) => new(ReductionKind.Of(node.Op), kernel.PartialsOf(node), kernel.OperandOf(node, Dim.Zero, isWritten: true), columns);
}
