using System;
using ModelGen.Graphs;

namespace ModelGen.Schedule;

/// <summary>Writes down what the scheduler's passes decide for one program.</summary>
internal sealed class SchedulerTrace(Trace trace, string entry, bool isTraining)
{
    public void Write(string pass, Func<string> content) => trace.Write(Trace.Title(pass, entry, isTraining), content);
}
