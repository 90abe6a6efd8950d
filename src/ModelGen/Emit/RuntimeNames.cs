using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>The types of the runtime and the platform as generated code writes them.</summary>
internal static class RuntimeNames
{
    public const string Cpu = "global::ModelGen.Cpu.";
    public const string Gpu = "global::ModelGen.Gpu.";
    public const string Entries = "global::ModelGen.Entries.";
    public const string Frame = Entries + "Frame";
    public const string Floats = Cpu + "Buffer<float>";
    public const string Ints = Cpu + "Buffer<int>";
    public const string Launch = Cpu + "Launch";
    public const string Gemm = Cpu + "Gemm";
    public const string RandomStream = Cpu + "RandomStream";
    public const string AllLanes = Cpu + "AllLanes";
    public const string FirstLanes = Cpu + "FirstLanes";
    public const string GpuFrame = Gpu + "GpuFrame";
    public const string GpuMath = Gpu + "GpuMath";
    public const string MathF = "global::System.MathF";
    public const string IsVector = "where V : struct, " + Cpu + "ISimd<V>";
    public const string IsLanes = "where L : struct, " + Cpu + "ILanes";

    public const string Inlined = Implementation + "AggressiveInlining)]";
    public const string Optimized = Implementation + "AggressiveOptimization)]";
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"ModelGen\", \"0.1.0\")]";

    private const string Implementation =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.";

    public static string Buffer(TensorType type) => type == TensorType.Int ? Ints : Floats;
}
