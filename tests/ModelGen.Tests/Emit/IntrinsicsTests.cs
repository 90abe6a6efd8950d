using System;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Ops;
using Xunit;

namespace ModelGen.Tests.Emit;

public class IntrinsicsTests
{
    [Fact]
    public void TheTableHoldsExactlyTheIntrinsicOps()
    {
        foreach (Type type in typeof(ElementwiseOp).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ElementwiseOp)) && !type.IsAbstract))
        {
            ElementwiseOp op = (ElementwiseOp)Activator.CreateInstance(type)!;
            Assert.True(op.IsIntrinsic == Intrinsics.Contains(op), $"{op.Name}: IsIntrinsic is {op.IsIntrinsic}, the table says otherwise");
        }
    }
}
