using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>
/// Runs a program on paper, loops three times, and checks at every step that what a kernel reads is what was written there: not unwritten memory, and not what
/// another value of the same slot left behind. It shares no code with the memory planner. A violation is a fault of the scheduler, never of the user.
/// </summary>
internal sealed class ProgramVerifier
{
    private readonly Program program;
    private readonly Dictionary<int, int> owners = [];
    private readonly HashSet<int> written = [];
    private readonly HashSet<int> lost = [];
    private readonly HashSet<int> stacks = [];
    private readonly Dictionary<(int Storage, Dim Offset), KernelStep> writers = [];
    private readonly Dictionary<string, View> variables = [];

    private ProgramVerifier(Program program) => this.program = program;

    public static void Verify(Program program, IReadOnlyList<Slot> slots)
    {
        ProgramVerifier verifier = new(program);
        verifier.CheckSlots(slots);
        verifier.written.UnionWith(verifier.Storages(StorageKind.Input).Concat(verifier.Storages(StorageKind.Parameter)));
        verifier.Run(program.Steps, 0);
        foreach (int storage in verifier.Storages(StorageKind.Gradient).Concat(verifier.Storages(StorageKind.Output)))
        {
            verifier.Require(verifier.written.Contains(storage), storage, "is never written");
        }
    }

    private IEnumerable<int> Storages(StorageKind kind) => Enumerable.Range(0, program.Storages.Count).Where(index => program.Storages[index].Kind == kind);

    private void CheckSlots(IReadOnlyList<Slot> slots)
    {
        foreach (int index in Storages(StorageKind.Arena))
        {
            Storage storage = program.Storages[index];
            Require(storage.Slot >= 0 && storage.Slot < slots.Count, index, "has no slot");
            Require(slots[storage.Slot].Lengths.Any(length => length.IsAtLeast(storage.Length)), index, "is longer than its slot");
        }
    }

    /// <param name="depth">The number of loops around.</param>
    private void Run(EquatableArray<Step> steps, int depth)
    {
        foreach (Step step in steps)
        {
            if (step is LoopStep loop)
            {
                Run(loop, depth);
            }
            else
            {
                Run((KernelStep)step);
            }
        }
    }

    private void Run(LoopStep loop, int depth)
    {
        foreach (int storage in Growing(loop.Body, depth))
        {
            stacks.Remove(storage);
            lost.Remove(storage);
        }

        foreach (Rotation rotation in loop.Rotations)
        {
            variables[rotation.Current] = Resolve(rotation.Initial);
            variables[rotation.Next] = Whole(rotation.NextStorage);
            variables[rotation.Spare] = Whole(rotation.SpareStorage);
        }

        long count = loop.Count.IsConstant ? Math.Min(loop.Count.Value, 3) : 3;
        for (long iteration = 0; iteration < count; iteration++)
        {
            Run(loop.Body, depth + 1);
            foreach (Rotation rotation in loop.Rotations)
            {
                (variables[rotation.Current], variables[rotation.Next], variables[rotation.Spare]) = (variables[rotation.Next], variables[rotation.Spare], variables[rotation.Next]);
            }
        }
    }

    /// <summary>The storages that grow over a loop but not over those around it: they begin anew whenever the loop does.</summary>
    private static IEnumerable<int> Growing(IEnumerable<Step> steps, int depth) => steps.SelectMany(step => step is LoopStep inner
        ? Growing(inner.Body, depth)
        : ((KernelStep)step).Arguments
            .Where(view => view.LoopStrides.Count > depth && view.LoopStrides[depth] != Dim.Zero && view.LoopStrides.Take(depth).All(stride => stride == Dim.Zero))
            .Select(view => view.Storage));

    private void Run(KernelStep step)
    {
        Kernel kernel = step.Kernel;
        Require(step.Arguments.Count == kernel.Operands.Count, null, $"{kernel.Name} takes {kernel.Operands.Count} buffers and is given {step.Arguments.Count}");
        KernelUse use = KernelUse.Of(kernel);
        Require(use.Written.Count > 0, null, $"{kernel.Name} writes nothing");
        Dictionary<int, int> inUse = [];
        foreach (int operand in use.Read)
        {
            int storage = Resolve(step.Arguments[operand]).Storage;
            Read(storage, kernel);
            Use(inUse, storage, kernel);
        }

        foreach (int operand in use.Written)
        {
            Require(kernel.Operands[operand].IsWritten, null, $"{kernel.Name} writes its operand '{kernel.Operands[operand].Name}', which is only read");
            Use(inUse, Resolve(step.Arguments[operand]).Storage, kernel);
            Write(step, step.Arguments[operand]);
        }

        // The partial sums of a kernel are read when all of them are written.
        foreach (int operand in use.Partials)
        {
            Read(Resolve(step.Arguments[operand]).Storage, kernel);
        }
    }

    /// <summary>A kernel may write some elements before it has read others: nothing that it uses shares a slot.</summary>
    private void Use(Dictionary<int, int> inUse, int storage, Kernel kernel)
    {
        Storage place = program.Storages[storage];
        if (place.Kind == StorageKind.Arena)
        {
            Require(!inUse.TryGetValue(place.Slot, out int other) || other == storage, storage, $"shares its slot with another value that {kernel.Name} uses");
            inUse[place.Slot] = storage;
        }
    }

    private void Read(int storage, Kernel kernel)
    {
        Require(written.Contains(storage), storage, $"is read by {kernel.Name} before it is written");
        Storage place = program.Storages[storage];
        Require(
            place.Kind != StorageKind.Arena || owners[place.Slot] == storage, storage, $"is read by {kernel.Name} after {(place.Kind == StorageKind.Arena ? program.Storages[owners[place.Slot]].Name : string.Empty)} has taken its slot");
    }

    private void Write(KernelStep step, View argument)
    {
        View view = Resolve(argument);
        int storage = view.Storage;
        Storage place = program.Storages[storage];
        Require(place.Kind is not (StorageKind.Input or StorageKind.Parameter), storage, $"is written by {step.Kernel.Name}");
        written.Add(storage);
        if (place.Kind == StorageKind.Arena)
        {
            Own(storage, place.Slot, view);
        }
        else
        {
            bool isFirst = !writers.TryGetValue((storage, view.Offset), out KernelStep? writer);
            Require(isFirst || writer == step, storage, $"is written by {step.Kernel.Name} a second time");
            writers[(storage, view.Offset)] = step;
        }
    }

    /// <summary>A value that grows from iteration to iteration must keep its slot meanwhile.</summary>
    private void Own(int storage, int slot, View view)
    {
        if (view.LoopStrides.Any(stride => stride != Dim.Zero))
        {
            stacks.Add(storage);
            Require(!lost.Contains(storage), storage, "has lost its slot while it grows");
        }

        if (owners.TryGetValue(slot, out int owner) && owner != storage && stacks.Contains(owner))
        {
            lost.Add(owner);
        }

        owners[slot] = storage;
    }

    private View Resolve(View view)
    {
        if (view.Variable is null)
        {
            return view;
        }

        Require(variables.ContainsKey(view.Variable), null, $"the variable '{view.Variable}' is used outside of its loop");
        View behind = variables[view.Variable];
        return behind with { Offset = behind.Offset + view.Offset };
    }

    private static View Whole(int storage) => new(storage, null, Dim.Zero, []);

    private void Require(bool condition, int? storage, string problem)
    {
        if (!condition)
        {
            string subject = storage is { } index ? $"'{program.Storages[index].Name}' " : string.Empty;
            throw new InvalidOperationException($"After PlanMemory of {program.Name}{(program.IsTraining ? ", training" : string.Empty)}: {subject}{problem}.");
        }
    }
}
