using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Gpu;

/// <summary>
/// The text for sums over rows. Every team adds its rows up in their order, per column or to a single number; then the group adds up its teams, and
/// leaves the sums of its block of rows.
/// </summary>
internal sealed class RowSums(RowKernel kernel, RowTeam team, KernelScope scope)
{
    private readonly SortedDictionary<int, string> totals = [];
    private readonly SortedDictionary<int, string> columns = [];
    private readonly SortedDictionary<int, string> teamTotals = [];

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
        foreach (KeyValuePair<int, string> total in totals)
        {
            writer.Line($"float {total.Value} = {Neutral(total.Key)};");
            if (team.Teams > 1)
            {
                teamTotals[total.Key] = scope.Locals.Add(Destination(total.Key) + "Totals");
                writer.Line($"{scope.Target.Floats} {teamTotals[total.Key]} = {Shared(team.Teams)};");
            }
        }

        foreach (KeyValuePair<int, string> sum in columns)
        {
            string memory = team.KeepsSums ? Shared(kernel.Sums[sum.Key].Columns.Value * team.Teams) : scope.Operand(kernel.Sums[sum.Key].Partials);
            writer.Line($"{scope.Target.Floats} {sum.Value} = {memory};");
        }

        if (columns.Count > 0)
        {
            using (writer.Block(Loop()))
            {
                writer.Lines(columns.Select(sum => $"{Element(sum.Key, sum.Value)} = {Neutral(sum.Key)};"));
            }
        }

        if (totals.Count + columns.Count > 0)
        {
            writer.Line();
        }
    }

    public void PrintAfter(CodeWriter writer)
    {
        if (totals.Count > 0)
        {
            writer.Line();
            using (writer.Block("if (team.Lane == 0)"))
            {
                writer.Lines(totals.Select(total => $"{(team.Teams > 1 ? $"{teamTotals[total.Key]}[team.Team]" : $"{Partials(total.Key)}[block]")} = {total.Value};"));
            }
        }

        List<string> lines = [.. columns.Where(_ => team.KeepsSums).Select(sum => $"{Partials(sum.Key)}[{Address("block", sum.Key)}] = {OfTeams(sum.Key, sum.Value, "column")};")];
        if (team.Teams == 1)
        {
            PrintLoop(Loop(), lines, writer);
            return;
        }

        if (totals.Count + columns.Count > 0)
        {
            writer.Line();
            writer.Line("team.Wait();");
            PrintLoop("if (team.Team == 0 && team.Lane == 0)", [.. teamTotals.Select(total => $"{Partials(total.Key)}[block] = {OfTeams(total.Key, total.Value, "0")};")], writer);
            PrintLoop($"for (int column = (team.Team * team.Lanes) + team.Lane; column < {scope.Dim(kernel.Inner).Within(Binding.Sum)}; column += team.Teams * team.Lanes)", lines, writer);
        }
    }

    private static void PrintLoop(string header, List<string> lines, CodeWriter writer)
    {
        if (lines.Count > 0)
        {
            writer.Line();
            using (writer.Block(header))
            {
                writer.Lines(lines);
            }
        }
    }

    /// <summary>The sum over the teams of a group.</summary>
    private string OfTeams(int sum, string name, string column)
    {
        BlockSum of = kernel.Sums[sum];
        return team.Teams == 1 ? $"{name}[{column}]"
            : $"{RuntimeNames.Gpu}GpuShared.{ReductionForm.Of(of.Kind).Name}({name}, team.Teams, {scope.Dim(of.Columns).Text}, {column})";
    }

    private string Loop() => $"for (int column = team.Lane; column < {scope.Dim(kernel.Inner).Within(Binding.Sum)}; column += team.Lanes)";

    private string Element(int sum, string name) => $"{name}[{Address(!team.KeepsSums ? "block" : team.Teams > 1 ? "team.Team" : null, sum)}]";

    private string Address(string? part, int sum)
    {
        Dim length = kernel.Sums[sum].Columns;
        return AddressText.Sum(part is null ? string.Empty : AddressText.Times(part, length, scope.Dim(length)), "column");
    }

    private string Partials(int sum) => scope.Operand(kernel.Sums[sum].Partials);

    private static string Shared(long floats) => $"{RuntimeNames.Gpu}GpuShared.Floats({floats})";

    private string Destination(int sum) => kernel.Operands[kernel.Sums[sum].Destination].Name;

    private string Neutral(int sum) => ReductionForm.Of(kernel.Sums[sum].Kind).Start;
}
