namespace ModelGen.Gpu;

/// <summary>The code of an entry for devices: starts the kernels that read the frame's inputs and write its outputs.</summary>
/// <param name="frame">The workspace of this call.</param>
public delegate void GpuEntryCode(GpuFrame frame);
