namespace ModelGen.Gpu;

/// <summary>The threads that work on one row together; a group has <see cref="Teams"/> of them, each with a row of its own.</summary>
public interface IGpuTeam
{
    /// <summary>Gets the thread's number in its team, from 0: the first column that it works on.</summary>
    int Lane { get; }

    /// <summary>Gets the number of threads in a team, a power of two: the distance between a thread's columns.</summary>
    int Lanes { get; }

    /// <summary>Gets the team's number in its group, from 0.</summary>
    int Team { get; }

    /// <summary>Gets the number of teams in a group.</summary>
    int Teams { get; }

    /// <summary>The sum over the team. Every thread of the group must call it.</summary>
    /// <param name="value">The thread's part.</param>
    /// <returns>The sum, the same for every thread of the team.</returns>
    float Sum(float value);

    /// <summary>The product over the team. Every thread of the group must call it.</summary>
    /// <param name="value">The thread's part.</param>
    /// <returns>The product, the same for every thread of the team.</returns>
    float Product(float value);

    /// <summary>The greatest value of the team, NaN where any is NaN. Every thread of the group must call it.</summary>
    /// <param name="value">The thread's part.</param>
    /// <returns>The maximum, the same for every thread of the team.</returns>
    float Max(float value);

    /// <summary>Waits until every thread of the group has come here and all see what the others have written.</summary>
    void Wait();
}
