using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Where a thread stands in its group when that is divided into teams: the same for all kinds of teams.</summary>
internal static class TeamPlace
{
    /// <summary>The thread's number in its team. The number of lanes is a power of two.</summary>
    public static int Lane(int lanes) => Group.IdxX & (lanes - 1);

    /// <summary>The team's number in its group.</summary>
    public static int Team(int lanes) => Group.IdxX / lanes;

    /// <summary>The number of teams in a group.</summary>
    public static int Teams(int lanes) => Group.DimX / lanes;
}
