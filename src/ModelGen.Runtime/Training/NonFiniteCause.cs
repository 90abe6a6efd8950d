using System;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>Looks for what was not finite before a step's first kernel: an example, or a parameter since an earlier update.</summary>
internal static class NonFiniteCause
{
    /// <summary>A sentence that begins with a blank, or nothing.</summary>
    public static string Of(Model model, Batch batch)
    {
        for (int i = 0; i < batch.Entry.Inputs.Length; i++)
        {
            TensorDescription input = batch.Entry.Inputs[i];
            if (input.Type == ElementType.Float && Sentence($"input '{input.Name}'", batch.Floats(i)) is string sentence)
            {
                return sentence;
            }
        }

        foreach (Parameter parameter in model.Parameters)
        {
            if (Sentence($"parameter '{parameter.Name}'", parameter.ValuesToRead) is string sentence)
            {
                return sentence;
            }
        }

        return string.Empty;
    }

    private static string? Sentence(string what, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return FormattableString.Invariant($" Already the {what} is {NonFiniteException.Word(values[i])} at position {i}.");
            }
        }

        return null;
    }
}
