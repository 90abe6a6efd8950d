using System;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace ModelGen.Gpu;

/// <summary>What ILGPU translates wrongly, said in the devices' own languages.</summary>
internal static class GpuIntrinsics
{
    /// <summary>Makes our own functions known to the compilers of a context.</summary>
    public static void Register(Context.Builder builder)
    {
        Register(builder, GpuBarrier.Wait, typeof(GpuBarrier), nameof(GpuBarrier.WriteOpenCl), nameof(GpuBarrier.WaitOnCuda));
        Register(builder, GpuCompare.Greater, typeof(GpuCompare), nameof(GpuCompare.WriteGreater), nameof(GpuCompare.GreaterOnCuda));
        Register(
            builder, GpuCompare.GreaterEqual, typeof(GpuCompare), nameof(GpuCompare.WriteGreaterEqual), nameof(GpuCompare.GreaterEqualOnCuda));
        Register(
            builder, GpuRounding.MultiplyAdd, typeof(GpuRounding), nameof(GpuRounding.WriteOpenClMultiplyAdd), nameof(GpuRounding.WriteCudaMultiplyAdd), IntrinsicImplementationMode.GenerateCode);
        Register(builder, GpuRounding.Accumulate, typeof(GpuRounding), nameof(GpuRounding.WriteOpenClMultiplyAdd), nameof(GpuRounding.AccumulateOnCuda));
        Register(
            builder, GpuRounding.Product, typeof(GpuRounding), nameof(GpuRounding.WriteOpenClProduct), nameof(GpuRounding.WriteCudaProduct), IntrinsicImplementationMode.GenerateCode);
    }

    /// <summary>A call of a function of OpenCL C with all of the value's operands.</summary>
    public static void WriteCall(CLCodeGenerator generator, Value value, string function)
    {
        var target = generator.Allocate(value);
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(target);
        statement.AppendCommand(function);
        statement.BeginArguments();
        foreach (Value operand in value.Nodes)
        {
            statement.AppendArgument(generator.Load(operand));
        }

        statement.EndArguments();
    }

    // On OpenCL a method writes the call, on CUDA one takes its place or writes it.
    private static void Register(
        Context.Builder builder, Delegate own, Type type, string openCl, string cuda, IntrinsicImplementationMode onCuda = IntrinsicImplementationMode.Redirect)
    {
        IntrinsicImplementationManager intrinsics = builder.GetIntrinsicManager();
        intrinsics.RegisterMethod(own.Method, new CLIntrinsic(type, openCl, IntrinsicImplementationMode.GenerateCode));
        intrinsics.RegisterMethod(own.Method, new PTXIntrinsic(type, cuda, onCuda));
    }
}
