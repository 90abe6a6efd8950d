using System.Collections.Generic;
using System.Threading;

namespace ModelGen.Entries;

/// <summary>The frames that no call uses at the moment. There are as many frames as there were calls at once.</summary>
internal sealed class FramePool
{
    private readonly Stack<Frame> idle = new();
    private readonly Lock gate = new();

    public Frame Rent()
    {
        lock (gate)
        {
            return idle.TryPop(out Frame? frame) ? frame : new Frame();
        }
    }

    public void Return(Frame frame)
    {
        frame.End();
        lock (gate)
        {
            idle.Push(frame);
        }
    }

    /// <summary>Lets go of the arenas.</summary>
    public void Clear()
    {
        lock (gate)
        {
            idle.Clear();
        }
    }
}
