using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Replaces the addresses in instructions, and finds them.</summary>
internal sealed class InstructionRewriter(Func<Access, Access> replace)
{
    public Stage Rewrite(Stage stage) => stage with { Body = stage.Body.Select(Rewrite).ToEquatableArray() };

    public Instruction Rewrite(Instruction instruction) => instruction switch
    {
        Let let => let with { Value = Rewrite(let.Value) },
        Store store => new Store(replace(store.To), Rewrite(store.Value)),
        Reduce reduce => reduce with { Value = Rewrite(reduce.Value) },
        Accumulate accumulate => accumulate with { Value = Rewrite(accumulate.Value) },
        _ => instruction,
    };

    private Value Rewrite(Value value) => value switch
    {
        LoadValue load => new LoadValue(replace(load.From)),
        UniformValue uniform => uniform with { Element = replace(uniform.Element) },
        CallValue call => call with { Arguments = call.Arguments.Select(Rewrite).ToEquatableArray() },
        _ => value,
    };

    public static IEnumerable<Access> Accesses(Instruction instruction)
    {
        List<Access> found = [];
        new InstructionRewriter(access =>
        {
            found.Add(access);
            return access;
        }).Rewrite(instruction);
        return found;
    }

    public static IEnumerable<LoadValue> Loads(Instruction instruction) => Values(instruction).OfType<LoadValue>();

    /// <summary>Whether an instruction calculates with the index of the element.</summary>
    public static bool UsesIndex(Instruction instruction) => Values(instruction).Any(value => value is IndexValue);

    private static IEnumerable<Value> Values(Instruction instruction) => instruction switch
    {
        Let let => Values(let.Value),
        Store store => Values(store.Value),
        Reduce reduce => Values(reduce.Value),
        Accumulate accumulate => Values(accumulate.Value),
        _ => [],
    };

    private static IEnumerable<Value> Values(Value value) => value is CallValue call ? call.Arguments.SelectMany(Values).Append(value) : [value];
}
