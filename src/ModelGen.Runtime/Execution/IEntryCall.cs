using ModelGen.Entries;

namespace ModelGen;

/// <summary>A call of an entry that still has to be told where inputs and outputs lie in the host's memory.</summary>
internal interface IEntryCall
{
    /// <summary>Says where an input lies.</summary>
    unsafe void SetInput(int index, void* start);

    /// <summary>Says where an output goes; null for one that nobody wants.</summary>
    unsafe void SetOutput(int index, void* start);

    /// <summary>Runs the code.</summary>
    void Run();
}

/// <summary>A call on the processor.</summary>
internal readonly struct CpuCall(EntryCode code, Frame frame) : IEntryCall
{
    public unsafe void SetInput(int index, void* start) => frame.SetInput(index, start);

    public unsafe void SetOutput(int index, void* start) => frame.SetOutput(index, start);

    public void Run() => code(frame);
}
