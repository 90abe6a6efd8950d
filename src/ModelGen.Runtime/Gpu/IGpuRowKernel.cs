namespace ModelGen.Gpu;

/// <summary>A kernel over rows: a team of threads works on one of them, and a thread group consists of one team or several.</summary>
public interface IGpuRowKernel
{
    /// <summary>Works on a block of rows. All threads of a group are in the same block and reach the team's reductions equally often.</summary>
    /// <param name="team">The thread's place.</param>
    /// <param name="block">The block.</param>
    /// <param name="first">The block's first row.</param>
    /// <param name="end">The row behind its last.</param>
    /// <typeparam name="T">How the team reduces.</typeparam>
    void Run<T>(T team, int block, int first, int end)
        where T : struct, IGpuTeam;
}
