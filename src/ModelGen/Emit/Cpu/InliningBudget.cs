using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>
/// How much the JIT inlines into one method before it gives up, in plain operations on vectors. Measured: a chain of about 200 still runs at full
/// speed, and a longer one ten times slower. The elementary functions are calls in bodies that would come near.
/// </summary>
internal static class InliningBudget
{
    private const int Budget = 180;

    public static bool IsExceededBy(IEnumerable<Instruction> body) => body.Sum(Weight) > Budget;

    private static int Weight(Instruction instruction) => instruction switch
    {
        Let let => Weight(let.Value),
        Store store => 1 + Weight(store.Value),
        Reduce reduce => 2 + Weight(reduce.Value),
        Accumulate accumulate => 3 + Weight(accumulate.Value),
        _ => 0,
    };

    private static int Weight(Value value) => value switch
    {
        CallValue call => Intrinsics.Of(call.Op).Weight + call.Arguments.Sum(Weight),
        UniformValue => 60,
        LoadValue or PartValue => 1,
        _ => 0,
    };
}
