using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Prints the partial method that runs the kernels of one path of an entry in order, on a processor or on a device.</summary>
internal static class EntryMethod
{
    public static void Print(Program program, ProgramNames names, Target target, CodeWriter writer)
    {
        EntryScope scope = new(program, names, target);
        using (writer.Block($"static partial void {names.Method(program, target)}({target.Frame} frame)"))
        {
            writer.Lines(program.Dims.Select((name, index) => $"int {scope.Dim(name)} = frame.Dimension({index});"));
            writer.Lines(program.IndexChecks.Select(check => $"frame.CheckIndices({check.Input}, {scope.Size(check.Limit)}{(check.Ignored is { } ignored ? ", " + ignored.ToString(CultureInfo.InvariantCulture) : string.Empty)});"));
            writer.Lines(program.SizeChecks.Select(check => $"frame.CheckSize({SymbolDisplay.FormatLiteral($"{check.Text} needs {check.Value} of at least 0", quote: true)}, {scope.Size(check.Value)});"));
            IReadOnlyDictionary<Storage, string> places = BuffersFile.Places(program);
            HashSet<int> unused = target.PlansPartials ? [] : [.. Partials(program.Steps)];
            if (places.Count > 0)
            {
                writer.Line($"{names.Buffers(program)} buffers = new({string.Join(", ", program.Dims.Select(scope.Dim))});");
                writer.Line($"{target.Floats} arena = frame.Reserve(buffers.Length);");
            }

            writer.Line();
            for (int index = 0; index < program.Storages.Count; index++)
            {
                Storage storage = program.Storages[index];
                writer.Lines(unused.Contains(index) ? [] : [$"{target.BufferOf(storage.Type)} {scope.Storage(index)} = {Start(storage, places)}; // {storage.Shape}"]);
            }

            writer.Line();
            new EntrySteps(scope, names, writer).Print(program.Steps);
        }
    }

    /// <summary>The storages that hold the parts of sums over rows.</summary>
    private static IEnumerable<int> Partials(IEnumerable<Step> steps) => steps.SelectMany(step => step switch
    {
        KernelStep kernel => kernel.Arguments.Where((_, operand) => KernelSums.ArePartials(operand, kernel.Kernel)).Select(view => view.Storage),
        LoopStep loop => Partials(loop.Body),
        _ => [],
    });

    private static string Start(Storage storage, IReadOnlyDictionary<Storage, string> places) => storage.Kind switch
    {
        StorageKind.Input => $"frame.{(storage.Type == TensorType.Int ? "IntInput" : "Input")}({storage.Slot})",
        StorageKind.Output => $"frame.{(storage.Type == TensorType.Int ? "IntOutput" : "Output")}({storage.Slot})",
        StorageKind.Parameter => "frame.Parameters" + At(storage.Offset),
        StorageKind.Gradient => "frame.Gradients" + At(storage.Offset),
        _ => $"arena.At(buffers.{places[storage]}){(storage.Type == TensorType.Int ? ".Ints" : string.Empty)}",
    };

    private static string At(long offset) => offset == 0 ? string.Empty : $".At({(offset > int.MaxValue ? $"unchecked((nint){offset}L)" : $"{offset}")})";
}
