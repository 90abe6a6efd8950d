using System.Collections.Generic;
using System.Linq;
using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

/// <summary>What an instruction reads from memory.</summary>
internal static class KernelLoads
{
    public static IEnumerable<Access> Of(Instruction instruction) => instruction switch
    {
        Let let => Of(let.Value),
        Store store => Of(store.Value),
        Reduce reduce => Of(reduce.Value),
        Accumulate accumulate => Of(accumulate.Value),
        _ => [],
    };

    private static IEnumerable<Access> Of(Value value) => value switch
    {
        LoadValue load => [load.From],
        CallValue call => call.Arguments.SelectMany(Of),
        _ => [],
    };
}
