using System;

namespace ModelGen;

/// <summary>Says what is wrong with a file of parameters.</summary>
/// <param name="fileName">The file, or null for another stream.</param>
internal sealed class FaultyFile(string? fileName)
{
    public ParameterFileException Because(FormattableString what, string? tensor = null, Exception? inner = null)
    {
        string message = $"{fileName ?? "The stream"}: {FormattableString.Invariant(what)}.";
        return new ParameterFileException(message, inner!) { FileName = fileName, Tensor = tensor };
    }

    public ParameterFileException OfTensor(string tensor, FormattableString what) =>
        Because($"the tensor '{tensor}' {FormattableString.Invariant(what)}", tensor);
}
