namespace ModelGen.Gpu;

/// <summary>A call on a device.</summary>
internal readonly struct GpuCall(GpuEntryCode code, GpuFrame frame) : IEntryCall
{
    public unsafe void SetInput(int index, void* start) => frame.SetInput(index, start);

    public unsafe void SetOutput(int index, void* start) => frame.SetOutput(index, start);

    public void Run() => frame.Run(code);
}
