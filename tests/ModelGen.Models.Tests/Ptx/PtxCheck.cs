using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>What every kernel must hold to.</summary>
internal static partial class PtxCheck
{
    /// <summary>What every CUDA device gives a thread group without being asked for more.</summary>
    private const int MostShared = 48 * 1024;

    /// <summary>What is wrong with a kernel, each fault with the kernel's name and what it takes.</summary>
    public static IEnumerable<string> Faults(PtxKernel kernel, Assembled assembled, string architecture)
    {
        foreach (string fault in Faults(kernel.Text, assembled))
        {
            yield return $"{kernel.Name} on {architecture} {fault} "
                + $"({assembled.Registers} registers, {assembled.Spilled} bytes spilled, {assembled.Shared} bytes of shared memory)";
        }
    }

    private static IEnumerable<string> Faults(string ptx, Assembled assembled)
    {
        if (assembled.Error is not null)
        {
            yield return $"does not assemble: {assembled.Error}";
        }

        if (assembled.Spilled > 0)
        {
            yield return "needs more registers than there are";
        }

        // Not whether the PTX has local memory: the assembler puts into registers what it can, such as the numbers of an update rule.
        if (assembled.Stack > 0)
        {
            yield return $"keeps {assembled.Stack} bytes of each thread in memory";
        }

        if (assembled.Shared > MostShared)
        {
            yield return $"takes more than {MostShared} bytes of shared memory";
        }

        if (Call().IsMatch(ptx))
        {
            yield return "calls functions";
        }

        foreach (Match instruction in Unwanted().Matches(ptx))
        {
            yield return $"has the instruction {instruction.Value.Trim()}";
        }
    }

    [GeneratedRegex(@"^\s*(@!?%p\d+\s+)?call\b", RegexOptions.Multiline)]
    private static partial Regex Call();

    /// <summary>Double precision, which many devices are slow at, and approximations, which the runtime's own functions take the place of.</summary>
    [GeneratedRegex(@"^\s*(@!?%p\d+\s+)?[a-z][\w.]*\.(f64|approx)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Unwanted();
}
