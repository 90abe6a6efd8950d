using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Gpu;

/// <summary>Prints a kernel over rows: a team of threads goes through the stages of each row together.</summary>
internal sealed class RowKernelText : ThreadBody
{
    private readonly RowKernel kernel;
    private readonly RowTeam team;
    private readonly RowSums sums;
    private bool isLoop;
    private List<Reduce> reduced = [];

    private RowKernelText(RowKernel kernel, KernelScope scope)
        : base(scope, kernel.Outer, "column")
    {
        this.kernel = kernel;
        team = kernel.Team!;
        sums = new RowSums(kernel, team, scope);
    }

    protected override bool IsLoop => isLoop;

    private string Length => Scope.Dim(kernel.Inner).Text;

    public static void Print(RowKernel kernel, KernelScope scope, string type, CodeWriter writer) => new RowKernelText(kernel, scope).Print(type, writer);

    protected override void Reduce(Reduce reduce, CodeWriter writer)
    {
        reduced.Add(reduce);
        writer.Line(Combine(reduce.Kind, Name(reduce.Name), reduce.Value));
    }

    protected override void Accumulate(Accumulate accumulate, CodeWriter writer)
    {
        Reduction kind = kernel.Sums[accumulate.Sum].Kind;
        writer.Line(isLoop
            ? Combine(kind, sums.Column(accumulate.Sum), accumulate.Value)
            : Combine(kind, sums.Total(accumulate.Sum), $"isRow ? {Text(accumulate.Value)} : {ReductionForm.Of(kind).Start}"));
    }

    private void Print(string type, CodeWriter writer)
    {
        CodeWriter stages = new(margin: 20);
        for (int index = 0; index < kernel.Stages.Count; index++)
        {
            Stage stage = kernel.Stages[index];
            if (team.Waits.Contains(index))
            {
                stages.Line("team.Wait();");
            }

            if (stage.IsLoop)
            {
                PrintLoop(stage, stages);
            }
            else
            {
                PrintNumbers(stage, stages);
            }
        }

        CodeWriter text = new(margin: 12);
        text.Line("public void Run<T>(T team, int block, int first, int end)");
        using (text.Indent())
        {
            text.Line($"where T : struct, {RuntimeNames.Gpu}IGpuTeam");
        }

        using (text.Block())
        {
            sums.PrintBefore(text);
            using (text.Block("for (int start = first; start < end; start += team.Teams)"))
            {
                text.Line("// The last rows may be fewer than the teams: a team without one takes part in what all do together.");
                text.Line("bool isRow = start + team.Team < end;");
                text.Line("int row = isRow ? start + team.Team : first;");
                text.Line($"int lane = isRow ? team.Lane : {Length};");
                text.Lines(Starts);
                text.Append(stages);
            }

            sums.PrintAfter(text);
        }

        KernelStruct.Print(Scope, type, RuntimeNames.Gpu + "IGpuRowKernel", text, writer);
    }

    private void PrintLoop(Stage stage, CodeWriter writer)
    {
        isLoop = true;
        reduced = [];
        CodeWriter body = new(margin: 24);
        Print(stage.Body, body);
        List<(Reduce Reduce, string Name)> results = [.. reduced.Select(reduce => (reduce, Text(new LocalValue(reduce.Name))))];
        writer.Lines(results.Select(result => $"float {result.Name} = {ReductionForm.Of(result.Reduce.Kind).Start};"));
        using (writer.Block($"for (int column = lane; column < {Scope.Dim(kernel.Inner).Within(Binding.Sum)}; column += team.Lanes)"))
        {
            writer.Append(body);
        }

        writer.Line();
        if (results.Count > 0 && team.Lanes > 1)
        {
            writer.Lines(results.Select(result => $"{result.Name} = team.{ReductionForm.Of(result.Reduce.Kind).Name}({result.Name});"));
            writer.Line();
        }
    }

    /// <summary>Every thread of the team calculates the row's own numbers; one of them stores them.</summary>
    private void PrintNumbers(Stage stage, CodeWriter writer)
    {
        isLoop = false;
        int at = 0;
        while (at < stage.Body.Count)
        {
            Instruction[] stores = [.. stage.Body.Skip(at).TakeWhile(instruction => instruction is Store)];
            if (stores.Length == 0)
            {
                Print([stage.Body[at++]], writer);
                continue;
            }

            using (writer.Block(team.Lanes == 1 ? "if (isRow)" : "if (isRow && team.Lane == 0)"))
            {
                Print(stores, writer);
            }

            writer.Line();
            at += stores.Length;
        }
    }
}
