using System.Collections.Immutable;

namespace ModelGen.Gpu;

/// <summary>A call on a device.</summary>
/// <param name="code">The entry's code.</param>
/// <param name="frame">The workspace, whose call has begun.</param>
/// <param name="state">The state that the call goes on from, which is on the device: the last inputs and outputs.</param>
internal readonly struct GpuCall(GpuEntryCode code, GpuFrame frame, ModelState? state = null) : IEntryCall
{
    public unsafe void SetInput(int index, void* start) => frame.SetInput(index, start);

    public unsafe void SetOutput(int index, void* start) => frame.SetOutput(index, start);

    public void Run()
    {
        if (state is not null)
        {
            Place(state);
        }

        frame.Run(code);
    }

    private void Place(ModelState from)
    {
        ImmutableArray<int> states = frame.Entry.States;
        int input = frame.Entry.Inputs.Length - states.Length;
        int output = frame.Entry.Outputs.Length - states.Length;
        for (int i = 0; i < states.Length; i++)
        {
            frame.SetInput(input + i, ((GpuState)from.ValuesOf(states[i])).ToRead());
            frame.SetOutput(output + i, ((GpuState)from.FollowingOf(states[i])).ToOverwrite());
        }
    }
}
