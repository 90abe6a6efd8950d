namespace ModelGen.Gpu;

/// <summary>The code of an entry for devices: starts its kernels in order.</summary>
/// <param name="frame">The workspace of this call.</param>
public delegate void GpuEntryCode(GpuFrame frame);
