namespace ModelGen;

/// <summary>How a device is spoken to.</summary>
public enum DeviceKind
{
    /// <summary>The processor, by its vector instructions.</summary>
    Cpu,

    /// <summary>A graphics processor of NVIDIA's.</summary>
    Cuda,

    /// <summary>A device with an OpenCL driver: graphics processors of all makers, and processors.</summary>
    OpenCl,
}
