using ILGPU.Backends.OpenCL;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace ModelGen.Gpu;

/// <summary><c>a · b + c</c> in one instruction where the device has one, then rounded once; else in two.</summary>
/// <remarks>
/// CUDA's assembler makes one instruction of a multiplication and an addition by itself. OpenCL compilers do so within one expression only, and ILGPU writes
/// an expression for each operation; here it is one for both.
/// </remarks>
internal static class GpuMultiplyAdd
{
    [IntrinsicImplementation]
    public static float Of(float a, float b, float c) => (a * b) + c;

    public static float OnCuda(float a, float b, float c) => (a * b) + c;

    public static void WriteOpenCl(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        MethodCall call = (MethodCall)value;
        CLCodeGenerator.Variable a = generator.Load(call[0]), b = generator.Load(call[1]), c = generator.Load(call[2]);
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(generator.Allocate(value));
        statement.Append(a);
        statement.AppendCommand('*');
        statement.Append(b);
        statement.AppendCommand('+');
        statement.Append(c);
    }
}
