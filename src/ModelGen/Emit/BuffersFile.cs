using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>Prints <c>X.Buffers.g.cs</c>: where every value of a path lies in the arena, as a struct made from the open dimensions.</summary>
internal static class BuffersFile
{
    public static string Print(ModelPlan plan, ProgramNames names) =>
        TypeFile.Print(plan.Type, $"{plan.Type.Name}: where values lie in the arena", writer =>
        {
            bool first = true;
            foreach ((Program program, int index) in plan.Programs.Select((program, index) => (program, index)))
            {
                if (plan.Slots[index].Count == 0)
                {
                    continue;
                }

                if (!first)
                {
                    writer.Line();
                }

                first = false;
                PrintStruct(program, plan.Slots[index], names.Buffers(program), writer);
            }
        });

    /// <summary>The storages of a program that lie in the arena, with the names of their places.</summary>
    public static IReadOnlyDictionary<Storage, string> Places(Program program)
    {
        NameScope names = new("Length", "Aligned", "Slot");
        return program.Storages.Where(storage => storage.Kind == StorageKind.Arena).ToDictionary(storage => storage, storage => names.Add(NameScope.Pascal(storage.Name)));
    }

    private static void PrintStruct(Program program, IReadOnlyList<Slot> slots, string type, CodeWriter writer)
    {
        IReadOnlyDictionary<Storage, string> places = Places(program);
        Storage[][] bySlot = [.. slots.Select((_, slot) => program.Storages.Where(storage => places.ContainsKey(storage) && storage.Slot == slot).ToArray())];
        writer.Line($"/// <summary>Where the values of <c>{program.Name}</c>{(program.IsTraining ? " and of its gradient" : string.Empty)} lie in the arena, in floats from its start.</summary>");
        writer.Line(RuntimeNames.GeneratedCode);
        using (writer.Block("private readonly struct " + type))
        {
            PrintConstructor(program, slots, bySlot, places, type, writer);
            foreach (Storage[] slot in bySlot)
            {
                PrintPlaces(slot, places, writer);
            }

            writer.Line();
            writer.Line("/// <summary>Gets the arena's length in floats.</summary>");
            writer.Line("public nint Length { get; }");
            writer.Line();
            writer.Line("/// <summary>A place takes whole cache lines, a large one whole pages: see the page on performance.</summary>");
            writer.Line("private static nint Aligned(nint length) => length < 4096 ? (length + 15) / 16 * 16 : (length + 1023) / 1024 * 1024;");
        }
    }

    private static void PrintConstructor(
        Program program,
        IReadOnlyList<Slot> slots,
        Storage[][] bySlot,
        IReadOnlyDictionary<Storage, string> places,
        string type,
        CodeWriter writer)
    {
        NameScope scope = new("end");
        Dictionary<string, string> dims = program.Dims.ToDictionary(name => name, scope.Add);
        using (writer.Block($"public {type}({string.Join(", ", dims.Values.Select(name => "nint " + name))})"))
        {
            string end = "0";
            for (int slot = 0; slot < slots.Count; slot++)
            {
                string length = $"Aligned({Longest(slots[slot].Lengths, dims)})";
                if (bySlot[slot].Length > 0)
                {
                    string place = places[bySlot[slot][0]];
                    writer.Line($"{place} = {end};");
                    end = place;
                }

                end = end == "0" ? length : end + " + " + length;
            }

            writer.Line($"Length = {end};");
        }
    }

    private static string Longest(IReadOnlyList<Dim> lengths, Dictionary<string, string> dims)
    {
        Dim[] candidates = [.. lengths.Where((length, index) => !lengths.Where((other, at) => at != index && (other != length || at < index)).Any(other => other.IsAtLeast(length)))];
        return candidates.Select(length => length.ToText(name => dims[name])).Aggregate((longest, next) => $"global::System.Math.Max({longest}, {next})");
    }

    private static void PrintPlaces(Storage[] slot, IReadOnlyDictionary<Storage, string> places, CodeWriter writer)
    {
        for (int index = 0; index < slot.Length; index++)
        {
            string before = index == 0 ? string.Empty : $", in the place of {slot[0].Name}";
            writer.Line();
            writer.Line($"/// <summary>Gets where {slot[index].Name} {slot[index].Shape} lies{before}.</summary>");
            writer.Line($"public nint {places[slot[index]]} {(index == 0 ? "{ get; }" : "=> " + places[slot[0]] + ";")}");
        }
    }
}
