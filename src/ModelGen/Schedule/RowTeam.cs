using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>How a device works on the rows of a kernel; <see cref="ChooseTeam"/> decides it.</summary>
/// <param name="Lanes">The number of threads that work on a row together: a power of two. A thread group is <see cref="ThreadsPerGroup"/> threads, and so one team or several.</param>
/// <param name="KeepsSums">
/// Whether the sums per column are kept in the group's shared memory until the end, for each of its teams, instead of in the device's memory. A group with sums in the
/// device's memory is one team.
/// </param>
/// <param name="Waits">The indexes of the stages before which the threads wait for each other.</param>
internal sealed record RowTeam(int Lanes, bool KeepsSums, EquatableArray<int> Waits)
{
    /// <summary>The threads of a group (<c>GpuRows.ThreadsPerGroup</c> of the runtime).</summary>
    public const int ThreadsPerGroup = 256;

    /// <summary>Gets the number of rows that a group works on at a time.</summary>
    public int Teams => ThreadsPerGroup / Lanes;
}
