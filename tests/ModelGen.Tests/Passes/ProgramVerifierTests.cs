using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Graphs;
using ModelGen.Schedule;
using ModelGen.Specs;
using ModelGen.Tests.Harness;
using ModelGen.Tests.Snapshots;
using Xunit;

namespace ModelGen.Tests.Passes;

/// <summary>The verifier of memory plans finds every plan that lets two live values overlap, and no other.</summary>
public sealed class ProgramVerifierTests
{
    [Fact]
    public void TwoLiveValuesInOneSlotAreFound()
    {
        int overlaps = 0, others = 0;
        foreach ((Program program, EquatableArray<Slot> slots) in Programs())
        {
            Dictionary<int, (int First, int Last)> lives = Lives(program);
            foreach ((int a, int b) in from a in lives.Keys from b in lives.Keys where program.Storages[a].Slot != program.Storages[b].Slot select (a, b))
            {
                bool meet = lives[a].First <= lives[b].First && lives[b].First <= lives[a].Last;
                bool apart = lives[a].Last < lives[b].First;
                if ((meet || apart) && !Others(program, lives, a, b))
                {
                    (Program joined, EquatableArray<Slot> longer) = InOneSlot(program, slots, a, b);
                    Exception? found = Record.Exception(() => ProgramVerifier.Verify(joined, longer));
                    Assert.True(meet == found is InvalidOperationException, $"{program.Name}: {program.Storages[a].Name} and {program.Storages[b].Name}: {found?.Message ?? "nothing was found"}");
                    (overlaps, others) = (overlaps + (meet ? 1 : 0), others + (apart ? 1 : 0));
                }
            }
        }

        Assert.True(overlaps > 50 && others > 50, $"{overlaps} overlaps and {others} others");
    }

    [Fact]
    public void AStorageLongerThanItsSlotIsFound()
    {
        foreach ((Program program, EquatableArray<Slot> slots) in Programs())
        {
            foreach (Storage storage in program.Storages.Where(storage => storage.Kind == StorageKind.Arena))
            {
                EquatableArray<Slot> shorter = [.. slots.Select((slot, index) => index == storage.Slot ? new Slot([Dim.Zero]) : slot)];
                Assert.Contains("longer than its slot", Assert.Throws<InvalidOperationException>(() => ProgramVerifier.Verify(program, shorter)).Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The gradient of the loop's sequence and that of the mean are added up where the parameter's gradient is: the sum's own kernel would be empty, and is not there.</summary>
    [Fact]
    public void AKernelThatWritesNothingIsNotThere()
    {
        const string source = """
            [Model] public sealed partial class Net
            {
                [Parameter(2)] private partial Tensor Start { get; }
                [Dense(4, Bias = false)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", "time", 2)] Tensor x) => Scan(Mean(x * Start, 2), x * Start, Next, 2).Steps;
                [Loss] private Tensor Loss([Shape("batch", "time", 2)] Tensor x) => Mean(Predict(x)) + Mean(Fc(LogSoftmax(x * Start, 2)));
                [Recurrent] private static (Tensor State, Tensor Output) Next(Tensor h, Tensor e) { h = e; return (h, h); }
            }
            """;
        ModelSpec spec = SpecReader.Read(source).Spec;
        Trace none = new(isOn: false);
        ModelPlan plan = Compiler.Plan(spec.Type, ModelAnalysis.Run(spec, none, CancellationToken.None), verify: true, none, CancellationToken.None);
        Assert.Contains(plan.Programs, program => program.IsTraining);
    }

    /// <summary>The programs of the snapshots' models that have no loops, as they are planned.</summary>
    private static IEnumerable<(Program Program, EquatableArray<Slot> Slots)> Programs()
    {
        Trace none = new(isOn: false);
        foreach (string source in SnapshotModels.All.Select(row => (string)row[1]))
        {
            ModelSpec spec = SpecReader.Read(source).Spec;
            ModelPlan plan = Compiler.Plan(spec.Type, ModelAnalysis.Run(spec, none, CancellationToken.None), verify: true, none, CancellationToken.None);
            foreach ((Program program, EquatableArray<Slot> slots) in plan.Programs.Zip(plan.Slots).Where(planned => planned.First.Steps.All(step => step is KernelStep)))
            {
                yield return (program, slots);
            }
        }
    }

    /// <summary>For every value in the arena the step that writes it first and the one that reads it last.</summary>
    private static Dictionary<int, (int First, int Last)> Lives(Program program)
    {
        Dictionary<int, (int First, int Last)> lives = [];
        foreach ((KernelStep step, int time) in program.Steps.Select((step, time) => ((KernelStep)step, time)))
        {
            KernelUse use = KernelUse.Of(step.Kernel);
            foreach (int storage in use.Written.Select(operand => step.Arguments[operand].Storage).Where(storage => program.Storages[storage].Kind == StorageKind.Arena))
            {
                lives.TryAdd(storage, (time, time));
            }

            foreach (int storage in use.Read.Select(operand => step.Arguments[operand].Storage).Where(lives.ContainsKey))
            {
                lives[storage] = (lives[storage].First, time);
            }
        }

        return lives;
    }

    /// <summary>Whether a third value of the slot is in the way: then what is found says nothing about the two.</summary>
    private static bool Others(Program program, Dictionary<int, (int First, int Last)> lives, int a, int b) =>
        lives.Any(other => other.Key != a && other.Key != b && program.Storages[other.Key].Slot == program.Storages[a].Slot && other.Value.First <= lives[b].Last && lives[b].First <= other.Value.Last);

    private static (Program Program, EquatableArray<Slot> Slots) InOneSlot(Program program, EquatableArray<Slot> slots, int a, int b)
    {
        int slot = program.Storages[a].Slot;
        EquatableArray<Storage> storages = [.. program.Storages.Select((storage, index) => index == b ? storage with { Slot = slot } : storage)];
        EquatableArray<Slot> longer = [.. slots.Select((lengths, index) => index == slot ? new Slot([.. lengths.Lengths, program.Storages[b].Length]) : lengths)];
        return (program with { Storages = storages }, longer);
    }
}
