using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen.Emit.Kernels;

/// <summary>What differs between processors and devices in the text around kernels: the names of types.</summary>
/// <param name="Frame">The workspace of a call.</param>
/// <param name="Buffer">Values in memory, without the type of their elements.</param>
/// <param name="Index">The type that a kernel calculates addresses in.</param>
/// <param name="PlansPartials">Whether the parts of sums over rows lie in the arena: a device has as many parts as suit it, and memory for them.</param>
internal sealed record Target(string Frame, string Buffer, string Index, bool PlansPartials)
{
    public static Target Cpu { get; } = new(RuntimeNames.Entries + "Frame", RuntimeNames.Cpu + "Buffer", "nint", PlansPartials: true);

    public static Target Gpu { get; } = new(RuntimeNames.Gpu + "GpuFrame", RuntimeNames.Gpu + "GpuBuffer", "int", PlansPartials: false);

    public string Floats => BufferOf(TensorType.Float);

    /// <summary>Whether the method that starts a kernel takes an operand.</summary>
    public bool Takes(int operand, Kernel kernel) => PlansPartials || !KernelSums.ArePartials(operand, kernel);

    public string BufferOf(TensorType type) => Buffer + (type == TensorType.Int ? "<int>" : "<float>");
}
