using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ModelGen.Proofs;
using Xunit;

namespace ModelGen.Models.Tests.Mutants;

/// <summary>
/// Models changed at random. Whatever C# accepts either has a diagnostic on the user's code, or compiles, runs and gives what it gives eagerly: the generator
/// never fails, and its code never has an error of its own.
/// </summary>
/// <remarks>The environment variable <c>MODELGEN_MUTANTS</c> tries that many instead of a few.</remarks>
public sealed class MutantTests
{
    private const int PerGroup = 50;

    public static TheoryData<int> Groups()
    {
        string? count = Environment.GetEnvironmentVariable("MODELGEN_MUTANTS");
        return [.. Enumerable.Range(0, count is null ? 2 : int.Parse(count, CultureInfo.InvariantCulture) / PerGroup)];
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void AreDiagnosedOrRight(int group)
    {
        ConcurrentBag<(Outcome Outcome, string Text)> judged = [];
        Parallel.ForEach(Enumerable.Range(group * PerGroup, PerGroup), number =>
        {
            string mutant = new Mutator(new Random(number)).Mutate(MutantSources.Of(number));
            Verdict verdict = Judge.Of(mutant);
            judged.Add((verdict.Outcome, $"mutant {number}: {verdict.Fault}\n{mutant}"));
        });

        int Count(Outcome outcome) => judged.Count(one => one.Outcome == outcome);
        ProofReport.Add(
            $"mutated sources: {judged.Count} tried, {Count(Outcome.IsNoCSharp)} no C#, {Count(Outcome.IsDiagnosed)} diagnosed, {Count(Outcome.IsEager)} run and right, "
            + $"{Count(Outcome.IsRefused)} not runnable, {Count(Outcome.IsEmpty)} without a model, {Count(Outcome.IsFault)} faults");
        Assert.True(Count(Outcome.IsFault) == 0, string.Join("\n\n", judged.Where(one => one.Outcome == Outcome.IsFault).Select(one => one.Text).Order(StringComparer.Ordinal).Take(5)));
        Assert.True(5 * Count(Outcome.IsEager) >= judged.Count - Count(Outcome.IsNoCSharp), "fewer than a fifth of what C# accepts runs");
        Assert.True(20 * Count(Outcome.IsEager) >= judged.Count, "fewer than a twentieth of all runs");
    }
}
