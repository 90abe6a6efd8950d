using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using ModelGen.Entries;
using ModelGen.Models.Tests.Compiling;

namespace ModelGen.Models.Tests.Mutants;

/// <summary>Builds a mutant, and runs what can be run.</summary>
internal static class Judge
{
    private const string UsersFile = "Models.cs";

    /// <summary>A partial member for which nothing was generated.</summary>
    private const string WithoutBody = "CS8795";

    /// <summary>A local that is read before it has a value.</summary>
    private const string Unassigned = "CS0165";

    /// <summary>The sizes that each entry is run with.</summary>
    private const int SizeSets = 3;

    /// <summary>A step of a comparison can tip to the other side of an edge: then other values do not.</summary>
    private const int ValueSets = 3;

    public static Verdict Of(string source)
    {
        var (compilation, reported, files) = CompiledModels.Generate(source);
        if (reported.FirstOrDefault(diagnostic => diagnostic.Id is "MG0099" or "CS8785") is { } failure)
        {
            return Fault(failure.ToString());
        }

        Diagnostic[] ours = [.. reported.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (ours.FirstOrDefault(diagnostic => diagnostic.Location.SourceTree?.FilePath != UsersFile) is { } lost)
        {
            return Fault("not on the user's code: " + lost);
        }

        using MemoryStream image = new();
        Diagnostic[] errors = [.. compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Any(error => IsUsers(error) && error.Id != WithoutBody) && OfTheUserAlone(compilation) is { Count: > 0 } own)
        {
            // The overloads that are generated change what the compiler says of a wrong call, not that it is wrong; and only once all members have bodies does it look for locals without a value.
            return errors.FirstOrDefault(error => IsUsers(error) && error.Id is not (WithoutBody or Unassigned) && !own.Contains(Line(error))) is { } caused && ours.Length == 0
                ? Fault("an error that generated code causes: " + caused)
                : new Verdict(Outcome.IsNoCSharp);
        }

        if (errors.FirstOrDefault(error => error.Id != WithoutBody || ours.Length == 0) is { } follow && !files.IsEmpty)
        {
            return Fault("an error in generated code, or for want of it: " + follow);
        }

        // Without a model or a module nothing is generated, and partial members lack their bodies.
        return ours.Length > 0 ? new Verdict(Outcome.IsDiagnosed) : errors.Length > 0 ? new Verdict(Outcome.IsNoCSharp) : Run(image);
    }

    private static bool IsUsers(Diagnostic error) => error.Location.SourceTree?.FilePath == UsersFile;

    private static int Line(Diagnostic error) => error.Location.GetLineSpan().StartLinePosition.Line;

    /// <summary>The lines of the user's file that are wrong without what was generated.</summary>
    private static HashSet<int> OfTheUserAlone(Compilation compilation) =>
    [
        .. compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(tree => tree.FilePath != UsersFile)).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != WithoutBody).Select(Line),
    ];

    private static Verdict Fault(string text) => new(Outcome.IsFault, text);

    private static Verdict Run(MemoryStream image)
    {
        AssemblyLoadContext context = new(null, isCollectible: true);
        try
        {
            image.Position = 0;
            Type[] classes = [.. context.LoadFromStream(image).GetTypes().Where(type => type.IsSubclassOf(typeof(Model)) && !type.IsAbstract)];
            ImmutableArray<Verdict> verdicts = [.. classes.Select(Run)];
            return verdicts.FirstOrDefault(verdict => verdict.Outcome == Outcome.IsFault) ?? verdicts.FirstOrDefault() ?? new Verdict(Outcome.IsEmpty);
        }
        finally
        {
            context.Unload();
        }
    }

    private static bool CanRun(Entry entry) => entry.Kind == EntryKind.Forward || (entry.Kind == EntryKind.Loss && entry.Dimensions.Length > 0 && entry.Inputs.All(input => IsColumn(input, entry.Dimensions[0])));

    /// <summary>Losses are run by batches: an input begins with the batch, and an example's size does not depend on how many there are.</summary>
    private static bool IsColumn(TensorDescription input, string batch) =>
        input.Dimensions.Length > 0 && input.Dimensions[0].Name == batch && input.Dimensions.Skip(1).All(size => !size.ToString().Contains(batch, StringComparison.Ordinal));

    private static Verdict Run(Type type)
    {
        using Model model = (Model)Activator.CreateInstance(type, Device.Cpu, 5UL)!;
        bool hasCompared = false;
        foreach (Entry entry in model.Description.Entries.Where(CanRun))
        {
            for (int sizes = 0; sizes < SizeSets; sizes++)
            {
                string? difference = null;
                for (int values = 0; values < ValueSets && (values == 0 || difference is not null); values++)
                {
                    BothWays both = new(model, entry, sizes, values);
                    difference = both.Difference();
                    hasCompared |= both.HasCompared;
                }

                if (difference is not null)
                {
                    return Fault($"{entry.Name}: {difference}");
                }
            }
        }

        return new Verdict(hasCompared ? Outcome.IsEager : Outcome.IsRefused);
    }
}
