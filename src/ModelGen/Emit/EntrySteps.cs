using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>Prints the steps of an entry: a line for each kernel, and loops with the buffers that take turns.</summary>
internal sealed class EntrySteps(EntryScope scope, ProgramNames names, CodeWriter writer)
{
    private readonly List<string> loops = [];

    public void Print(IEnumerable<Step> steps)
    {
        Step? before = null;
        foreach (Step step in steps)
        {
            if (before is not null && (before is LoopStep || step is LoopStep))
            {
                writer.Line();
            }

            before = step;
            switch (step)
            {
                case KernelStep kernel:
                    Print(kernel);
                    break;
                case LoopStep loop:
                    Print(loop);
                    break;
                default:
                    throw new InvalidOperationException(step.GetType().Name);
            }
        }
    }

    private void Print(KernelStep step)
    {
        IEnumerable<View> views = step.Arguments.Where((_, operand) => scope.Target.Takes(operand, step.Kernel));
        string[] arguments = ["frame", .. views.Select(Text), .. KernelDims.Of(step.Kernel).Select(scope.Dim), .. loops.Take(step.Kernel.LoopIndexes)];
        writer.List($"{names.Kernels(scope.Target)}.{names.Kernel(step.Kernel)}", arguments, ";");
        foreach (OutputCheck check in step.Checks)
        {
            writer.List("frame.Check", [Literal(check.Label), Text(step.Arguments[check.Operand]), scope.WideSize(check.Length)], ";");
        }
    }

    private void Print(LoopStep loop)
    {
        writer.Lines(loop.Rotations.Count > 0 ? ["// Every iteration reads what is called Now and writes what is called Next."] : []);
        List<(string Current, string Next, string Spare)> rotations = [.. loop.Rotations.Select(Declare)];
        string index = scope.Declare(loop.Index);
        string header = loop.Reverse
            ? $"for (int {index} = {scope.Size(loop.Count - Dim.One)}; {index} >= 0; {index}--)"
            : $"for (int {index} = 0; {index} < {scope.Size(loop.Count)}; {index}++)";
        using (writer.Block(header))
        {
            loops.Add(index);
            Print(loop.Body);
            loops.RemoveAt(loops.Count - 1);
            writer.Lines(rotations.Select(turn => $"({turn.Current}, {turn.Next}, {turn.Spare}) = ({turn.Next}, {turn.Spare}, {turn.Next});"));
        }
    }

    private (string Current, string Next, string Spare) Declare(Rotation rotation)
    {
        string initial = Text(rotation.Initial);
        string type = scope.Target.BufferOf(rotation.Type);
        (string current, string next, string spare) = (scope.Declare(rotation.Current), scope.Declare(rotation.Next), scope.Declare(rotation.Spare));
        writer.Line($"{type} {current} = {initial};");
        writer.Line($"{type} {next} = {scope.Storage(rotation.NextStorage)};");
        writer.Line($"{type} {spare} = {scope.Storage(rotation.SpareStorage)};");
        return (current, next, spare);
    }

    /// <summary><c>blocksExpandWeight.At(block * 65536)</c></summary>
    private string Text(View view)
    {
        string start = view.Variable is null ? scope.Storage(view.Storage) : scope.Variable(view.Variable);
        IEnumerable<string> terms = view.LoopStrides.Select((stride, loop) => AddressText.Times(Index(stride, loops[loop]), stride, Wide(stride)));
        string offset = AddressText.Sum([AddressText.Offset(view.Offset, Wide(view.Offset)), .. terms]);
        return offset == "0" ? start : $"{start}.At({offset})";
    }

    private static string Index(Dim stride, string loop) => stride == Dim.One ? loop : "(nint)" + loop;

    private Fragment Wide(Dim dim) => Fragment.Of(dim, name => "(nint)" + scope.Dim(name));

    private static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
