using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace ModelGen.Gpu;

/// <summary>Products that a device's compiler rounds as they are written: with a sum where that is asked for, else on their own.</summary>
/// <remarks>
/// CUDA's assembler makes one instruction of a multiplication and an addition wherever it likes, OpenCL compilers within one expression at least, while ILGPU writes an
/// expression for each operation. An element that is calculated in two passes may then differ from itself by a rounding. So both are said in the devices' own languages.
/// </remarks>
internal static class GpuRounding
{
    /// <summary><c>a · b + c</c> in one instruction where the device has one, then rounded once; else in two.</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float a, float b, float c) => (a * b) + c;

    /// <summary>The same for the sums of matrix products, each of which is calculated in one place alone.</summary>
    /// <remarks>
    /// CUDA's assembler fuses these itself, and may choose when: as instructions that say so it orders those of some tiles 3 % worse (x · Wᵀ), those of others as much better.
    /// </remarks>
    [IntrinsicImplementation]
    public static float Accumulate(float a, float b, float c) => (a * b) + c;

    public static float AccumulateOnCuda(float a, float b, float c) => (a * b) + c;

    /// <summary><c>a · b</c>, rounded whatever becomes of it.</summary>
    [IntrinsicImplementation]
    public static float Product(float a, float b) => a * b;

    public static void WriteCudaMultiplyAdd(PTXBackend backend, PTXCodeGenerator generator, Value value) => WriteCuda(generator, value, "fma.rn.f32");

    public static void WriteCudaProduct(PTXBackend backend, PTXCodeGenerator generator, Value value) => WriteCuda(generator, value, "mul.rn.f32");

    public static void WriteOpenClMultiplyAdd(CLBackend backend, CLCodeGenerator generator, Value value)
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

    /// <summary>The pragma holds to the end of its block.</summary>
    public static void WriteOpenClProduct(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        MethodCall call = (MethodCall)value;
        CLCodeGenerator.Variable a = generator.Load(call[0]), b = generator.Load(call[1]);
        generator.Builder.AppendLine("\t{");
        generator.Builder.AppendLine("#pragma OPENCL FP_CONTRACT OFF");
        using (CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(generator.Allocate(value)))
        {
            statement.Append(a);
            statement.AppendCommand('*');
            statement.Append(b);
        }

        generator.Builder.AppendLine("\t}");
    }

    private static void WriteCuda(PTXCodeGenerator generator, Value value, string instruction)
    {
        MethodCall call = (MethodCall)value;
        var operands = new PTXRegisterAllocator.PrimitiveRegister[call.Count];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = generator.LoadPrimitive(call[i]);
        }

        PTXRegisterAllocator.HardwareRegister target = generator.AllocateHardware(value);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand(instruction);
        command.AppendArgument(target);
        foreach (PTXRegisterAllocator.PrimitiveRegister operand in operands)
        {
            command.AppendArgument(operand);
        }
    }
}
