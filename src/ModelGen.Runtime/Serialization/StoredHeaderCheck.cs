using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace ModelGen;

/// <summary>Compares a header with the format's rules and with a model.</summary>
internal static class StoredHeaderCheck
{
    /// <summary>Every tensor's bytes are as many as its shape asks for, and the tensors follow each other without gaps or overlaps.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="file">The file.</param>
    /// <returns>The tensors by ascending offset.</returns>
    public static ImmutableArray<StoredTensor> Layout(ImmutableArray<StoredTensor> tensors, FaultyFile file)
    {
        ImmutableArray<StoredTensor> ordered = [.. tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End)];
        long end = 0;
        foreach (StoredTensor tensor in ordered)
        {
            Size(tensor, file);
            if (tensor.Begin != end)
            {
                string fault = tensor.Begin < end ? "overlaps the one before it" : "leaves a gap before it";
                throw file.OfTensor(tensor.Name, $"{fault}: it begins at byte {tensor.Begin}, expected {end}");
            }

            end = tensor.End;
        }

        return ordered;
    }

    /// <summary>The tensors are exactly the model's parameters.</summary>
    public static void Model(StoredHeader header, Model model, FaultyFile file) => Tensors(
        header,
        model.Parameters.Select(parameter => new StoredShape(parameter.Name, parameter.Shape)),
        file,
        whole: $"a parameter of {model.Description.Name}",
        Owner(header, model));

    /// <summary>The tensors are exactly those that are expected.</summary>
    /// <param name="header">The header.</param>
    /// <param name="expected">The tensors.</param>
    /// <param name="file">The file.</param>
    /// <param name="whole">What one more is not.</param>
    /// <param name="owner">What follows in every message.</param>
    public static void Tensors(StoredHeader header, IEnumerable<StoredShape> expected, FaultyFile file, string whole, string owner = "")
    {
        Dictionary<string, StoredTensor> byName = header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (StoredShape own in expected)
        {
            if (!byName.Remove(own.Name, out StoredTensor? tensor))
            {
                throw file.Because($"the tensor '{own.Name}' {own} is missing{owner}", own.Name);
            }

            if (!tensor.Shape.SequenceEqual(own.Shape.Select(size => (long)size)))
            {
                throw file.Because($"the tensor '{tensor.Name}' has the shape {tensor.ShapeText}, expected {own}{owner}", tensor.Name);
            }
        }

        if (byName.Count != 0)
        {
            StoredTensor extra = header.Tensors.First(tensor => byName.ContainsKey(tensor.Name));
            throw file.Because($"the tensor '{extra.Name}' {extra.ShapeText} is not {whole}{owner}", extra.Name);
        }
    }

    private static void Size(StoredTensor tensor, FaultyFile file)
    {
        if (tensor.Type != StoredTensor.Float)
        {
            throw file.OfTensor(tensor.Name, $"is of the type {tensor.Type}, expected {StoredTensor.Float}");
        }

        if (tensor.End < tensor.Begin || tensor.ByteCount() != tensor.End - tensor.Begin)
        {
            string expected = tensor.ByteCount() is long bytes ? FormattableString.Invariant($"{bytes} bytes") : "more bytes than any file has";
            throw file.OfTensor(tensor.Name, $"of shape {tensor.ShapeText} needs {expected}, but lies from byte {tensor.Begin} to {tensor.End}");
        }
    }

    /// <summary>Whose parameters they are, where the file says that they are another model's.</summary>
    private static string Owner(StoredHeader header, Model model) =>
        header.Notes.TryGetValue(StoredHeader.ModelNote, out string? name) && name != model.Description.Name
            ? $" (the file holds the parameters of '{name}', the model is '{model.Description.Name}')"
            : string.Empty;
}
