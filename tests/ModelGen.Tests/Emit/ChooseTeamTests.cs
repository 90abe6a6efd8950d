extern alias Runtime;

using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using Runtime::ModelGen.Gpu;
using Xunit;
using static ModelGen.Tests.Emit.Ir;

namespace ModelGen.Tests.Emit;

/// <summary>How devices work on rows is decided once, by the scheduler.</summary>
public class ChooseTeamTests
{
    [Fact]
    public void AGroupHasAsManyThreadsAsTheRuntimeStarts() => Assert.Equal(GpuRows.ThreadsPerGroup, RowTeam.ThreadsPerGroup);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 16)]
    [InlineData(32, 32)]
    [InlineData(100, 32)]
    [InlineData(300, 32)]
    [InlineData(1024, 64)]
    [InlineData(50_000, 256)]
    public void LongRowsHaveManyThreads(int length, int lanes)
    {
        RowTeam team = TeamOf(Rows("y", [Open("rows")], length, [In("x"), Out("y")], Copy(0, 1)));
        Assert.Equal((lanes, 256 / lanes), (team.Lanes, team.Teams));
    }

    [Fact]
    public void NumbersOfRowsAloneHaveAThreadEach() =>
        Assert.Equal(1, TeamOf(Rows("y", [Open("rows")], 10, [In("x"), Out("y")], Row(Store(1, 0, [Dim.One], Load(0, 0, Dim.One))))).Lanes);

    [Theory]
    [InlineData(10, true)]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void SumsAreKeptWhereTheyFit(int length, bool fit)
    {
        RowKernel kernel = Rows("y", [Open("rows")], length, [In("x"), Out("partials"), Out("y")], Loop(new Accumulate(0, Load(0, 1, length)))) with
        {
            Sums = [new BlockSum(Reduction.Sum, 1, 2, length)],
        };
        Assert.Equal(fit, TeamOf(kernel).KeepsSums);
    }

    [Fact]
    public void SumsThatAreNotKeptHaveOneTeamInAGroup()
    {
        Dim width = Open("width");
        RowKernel kernel = Rows("y", [Open("rows")], width, [In("x"), Out("partials"), Out("y")], Loop(new Accumulate(0, Load(0, 1, width)))) with
        {
            Sums = [new BlockSum(Reduction.Sum, 1, 2, width)],
        };
        Assert.Equal((1, false), (TeamOf(kernel).Teams, TeamOf(kernel).KeepsSums));
    }

    [Fact]
    public void ThreadsWaitForWhatOthersHaveWritten()
    {
        // y = x, z = y backwards, w = y once more: all have come this far, and nothing has been written since.
        LoadValue backwards = new(new Access(1, Dim.Of(9), [Dim.Of(10)], Dim.Of(-1)));
        RowTeam team = TeamOf(Rows(
            "z",
            [Open("rows")],
            10,
            [In("x"), Out("y"), Out("z"), Out("w")],
            Copy(0, 1),
            Loop(Store(2, 1, [10], Call<Neg>(backwards))),
            Loop(Store(3, 1, [10], backwards))));
        Assert.Equal([1], team.Waits);
    }

    [Fact]
    public void ThreadsDoNotWaitForWhatTheyHaveWrittenThemselves() =>
        Assert.Empty(TeamOf(Rows("z", [Open("rows")], 10, [In("x"), Out("y"), Out("z")], Copy(0, 1), Copy(1, 2))).Waits);

    private static RowTeam TeamOf(RowKernel kernel) => ChooseTeam.Run(kernel).Team!;

    private static Stage Copy(int from, int to) => Loop(Store(to, 1, [10], Load(from, 1, 10)));
}
