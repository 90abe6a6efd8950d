using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.IR.Intrinsics;

namespace ModelGen.Gpu;

/// <summary>The barrier of a thread group.</summary>
/// <remarks>
/// ILGPU's own orders only global memory on OpenCL devices (<c>CLK_GLOBAL_MEM_FENCE</c>): what threads tell each other through shared memory could be
/// read too early. This one orders both.
/// </remarks>
internal static class GpuBarrier
{
    /// <summary>Waits for all threads of the group; each then sees what the others have written.</summary>
    [IntrinsicImplementation]
    public static void Wait() => Group.Barrier();

    public static void WaitOnCuda() => Group.Barrier();

    public static void WriteOpenCl(CLBackend backend, CLCodeGenerator generator, ILGPU.IR.Value value)
    {
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement("barrier");
        statement.BeginArguments();
        statement.AppendArgument();
        statement.AppendCommand("CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE");
        statement.EndArguments();
    }
}
