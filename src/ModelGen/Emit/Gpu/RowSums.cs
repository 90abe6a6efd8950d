using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Gpu;

/// <summary>
/// The text for sums over rows: every team has a part of its own, one number for each column or a single one, and adds to it in the order of its rows.
/// </summary>
internal sealed class RowSums(RowKernel kernel, RowTeam team, KernelScope scope)
{
    private readonly SortedDictionary<int, string> totals = [];
    private readonly SortedDictionary<int, string> columns = [];

    /// <summary>The variable that holds the sum of a row's own numbers.</summary>
    public string Total(int sum)
    {
        if (!totals.TryGetValue(sum, out string name))
        {
            totals[sum] = name = scope.Locals.Add(Destination(sum) + "Total");
        }

        return name;
    }

    /// <summary>The element that holds the sum of the current column.</summary>
    public string Column(int sum)
    {
        if (!columns.TryGetValue(sum, out string name))
        {
            columns[sum] = name = scope.Locals.Add(Destination(sum) + "Sums");
        }

        return Element(sum, name);
    }

    public void PrintBefore(CodeWriter writer)
    {
        if (kernel.Sums.Count == 0)
        {
            return;
        }

        writer.Line("int part = (block * team.Teams) + team.Team;");
        writer.Lines(totals.Select(total => $"float {total.Value} = {Neutral(total.Key)};"));
        foreach (KeyValuePair<int, string> sum in columns)
        {
            Dim length = kernel.Sums[sum.Key].Columns;
            string memory = team.KeepsSums ? $"{RuntimeNames.Gpu}GpuShared.Floats({length.Value * team.Teams})" : scope.Operand(kernel.Sums[sum.Key].Partials);
            writer.Line($"{scope.Target.Floats} {sum.Value} = {memory};");
        }

        if (columns.Count > 0)
        {
            using (writer.Block(Loop()))
            {
                writer.Lines(columns.Select(sum => $"{Element(sum.Key, sum.Value)} = {Neutral(sum.Key)};"));
            }
        }

        writer.Line();
    }

    public void PrintAfter(CodeWriter writer)
    {
        if (totals.Count > 0)
        {
            writer.Line();
            using (writer.Block("if (team.Lane == 0)"))
            {
                writer.Lines(totals.Select(total => $"{scope.Operand(kernel.Sums[total.Key].Partials)}[part] = {total.Value};"));
            }
        }

        if (columns.Count > 0 && team.KeepsSums)
        {
            writer.Line();
            using (writer.Block(Loop()))
            {
                writer.Lines(columns.Select(sum => $"{scope.Operand(kernel.Sums[sum.Key].Partials)}[{Address("part", sum.Key)}] = {Element(sum.Key, sum.Value)};"));
            }
        }
    }

    private string Loop() => $"for (int column = team.Lane; column < {scope.Dim(kernel.Inner).Within(Binding.Sum)}; column += team.Lanes)";

    private string Element(int sum, string name) => $"{name}[{Address(team.KeepsSums ? "team.Team" : "part", sum)}]";

    private string Address(string part, int sum)
    {
        Dim length = kernel.Sums[sum].Columns;
        return AddressText.Sum(AddressText.Times(part, length, scope.Dim(length)), "column");
    }

    private string Destination(int sum) => kernel.Operands[kernel.Sums[sum].Destination].Name;

    private string Neutral(int sum) => kernel.Sums[sum].Kind == Reduction.Max ? "float.NegativeInfinity" : "0f";
}
