using ILGPU.Backends.OpenCL;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace ModelGen.Gpu;

/// <summary>Comparisons of floats that are false where either is NaN, like C#'s.</summary>
/// <remarks>
/// ILGPU turns conditions round: <c>if (a &gt; b)</c> becomes a jump where <c>a ≤ b or either is NaN</c>, and on OpenCL devices it forgets the
/// second half. With <c>a &gt; b ? x : y</c> it depends on its optimiser what NaN gives. Calls it leaves alone. And it moves constants to the right:
/// <c>0 &gt; x</c> becomes <c>x &lt; 0 or either is NaN</c>, also on CUDA devices; there the question whether either is NaN is asked besides, so that
/// it does not matter.
/// (<c>==</c> and <c>!=</c> are each other's opposite for NaN, too, and stay operators.)
/// </remarks>
internal static class GpuCompare
{
    /// <summary><c>a &gt; b</c></summary>
    [IntrinsicImplementation]
    public static bool Greater(float a, float b) => a > b;

    /// <summary><c>a ≥ b</c></summary>
    [IntrinsicImplementation]
    public static bool GreaterEqual(float a, float b) => a >= b;

    public static bool GreaterOnCuda(float a, float b) => (a > b) & !float.IsNaN(a) & !float.IsNaN(b);

    public static bool GreaterEqualOnCuda(float a, float b) => (a >= b) & !float.IsNaN(a) & !float.IsNaN(b);

    public static void WriteGreater(CLBackend backend, CLCodeGenerator generator, Value value) =>
        GpuIntrinsics.WriteCall(generator, value, "isgreater");

    public static void WriteGreaterEqual(CLBackend backend, CLCodeGenerator generator, Value value) =>
        GpuIntrinsics.WriteCall(generator, value, "isgreaterequal");
}
