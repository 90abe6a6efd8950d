using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Prints <c>X.Forward.g.cs</c> and <c>X.Backward.g.cs</c>: for every path of an entry the partial method that runs its kernels in order.</summary>
internal static class EntriesFile
{
    public static string Print(ModelPlan plan, IReadOnlyList<Program> programs, string outline, ProgramNames names) =>
        TypeFile.Print(plan.Type, $"{plan.Type.Name}: {outline}", writer =>
        {
            for (int index = 0; index < programs.Count; index++)
            {
                if (index > 0)
                {
                    writer.Line();
                }

                Print(programs[index], names, writer);
            }
        });

    private static void Print(Program program, ProgramNames names, CodeWriter writer)
    {
        EntryScope scope = new(program, names);
        using (writer.Block($"static partial void {names.Method(program)}({RuntimeNames.Frame} frame)"))
        {
            writer.Lines(program.Dims.Select((name, index) => $"int {scope.Dim(name)} = frame.Dimension({index});"));
            writer.Lines(program.IndexChecks.Select(check => $"frame.CheckIndices({check.Input}, {scope.Size(check.Limit)});"));
            writer.Lines(program.SizeChecks.Select(check => $"frame.CheckSize({SymbolDisplay.FormatLiteral($"{check.Text} needs {check.Value} of at least 0", quote: true)}, {scope.Size(check.Value)});"));
            IReadOnlyDictionary<Storage, string> places = BuffersFile.Places(program);
            if (places.Count > 0)
            {
                writer.Line($"{names.Buffers(program)} buffers = new({string.Join(", ", program.Dims.Select(scope.Dim))});");
                writer.Line($"{RuntimeNames.Floats} arena = frame.Reserve(buffers.Length);");
            }

            writer.Line();
            writer.Lines(program.Storages.Select((storage, index) => $"{RuntimeNames.Buffer(storage.Type)} {scope.Storage(index)} = {Start(storage, places)}; // {storage.Shape}"));
            writer.Line();
            new EntrySteps(scope, names, writer).Print(program.Steps);
        }
    }

    private static string Start(Storage storage, IReadOnlyDictionary<Storage, string> places) => storage.Kind switch
    {
        StorageKind.Input => $"frame.{(storage.Type == TensorType.Int ? "IntInput" : "Input")}({storage.Slot})",
        StorageKind.Output => $"frame.Output({storage.Slot})",
        StorageKind.Parameter => "frame.Parameters" + At(storage.Offset),
        StorageKind.Gradient => "frame.Gradients" + At(storage.Offset),
        _ => $"arena.At(buffers.{places[storage]})",
    };

    private static string At(long offset) => offset == 0 ? string.Empty : $".At({(offset > int.MaxValue ? $"unchecked((nint){offset}L)" : $"{offset}")})";
}
