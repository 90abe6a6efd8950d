using System;
using System.IO;

namespace ModelGen.Proofs;

/// <summary>What a proof by many cases came to, a line each: <c>MODELGEN_PROOF_REPORT</c> names the file that <c>.ci/run full</c> prints.</summary>
internal static class ProofReport
{
    private static readonly object Writing = new();

    /// <summary>Adds a line, if a report is asked for.</summary>
    /// <param name="line">What was tried, and what came of it.</param>
    public static void Add(string line)
    {
        if (Environment.GetEnvironmentVariable("MODELGEN_PROOF_REPORT") is { Length: > 0 } path)
        {
            lock (Writing)
            {
                File.AppendAllText(path, line + "\n");
            }
        }
    }
}
