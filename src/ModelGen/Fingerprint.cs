using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using ModelGen.Passes;

namespace ModelGen;

/// <summary>Identifies in a parameter file the model that it was written by.</summary>
internal static class Fingerprint
{
    /// <summary>The first half of SHA-256, in hexadecimal, over names and shapes: what has to agree for a file to fit.</summary>
    public static string Of(IEnumerable<ModelParameter> parameters)
    {
        string text = string.Concat(parameters.Select(parameter => $"{parameter.Name} {parameter.Whole}\n"));
        using SHA256 hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(Encoding.UTF8.GetBytes(text)), 0, 16).Replace("-", string.Empty);
    }
}
