namespace ModelGen.Models.Tests.Mutants;

/// <summary>What became of a mutant.</summary>
internal enum Outcome
{
    /// <summary>C# itself rejects it.</summary>
    IsNoCSharp,

    /// <summary>A diagnostic of ours stands on the user's code.</summary>
    IsDiagnosed,

    /// <summary>It has no model any more.</summary>
    IsEmpty,

    /// <summary>It compiles, and nothing in it can be run, or all that is run refuses its inputs, compiled and eagerly.</summary>
    IsRefused,

    /// <summary>It compiles and runs, and gives what it gives eagerly.</summary>
    IsEager,

    /// <summary>None of these: a fault.</summary>
    IsFault,
}

/// <summary>What became of a mutant, and for a fault what is wrong.</summary>
internal sealed record Verdict(Outcome Outcome, string Fault = "");
