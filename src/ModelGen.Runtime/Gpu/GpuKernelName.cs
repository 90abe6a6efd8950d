using System;
using System.Reflection;
using System.Text;

namespace ModelGen.Gpu;

/// <summary>The name of a kernel's struct as words for messages: <c>DPredictRows</c> of <c>Classifier</c> becomes <c>Classifier: d predict rows</c>.</summary>
internal static class GpuKernelName
{
    /// <summary>What the kernel computes in the user's words, or nothing.</summary>
    public static string? Expression(Type text) => Named(text).GetCustomAttribute<ComputesAttribute>()?.Expression;

    public static string Of(Type text)
    {
        Type named = Named(text);
        Type? owner = named.DeclaringType;
        while (owner?.DeclaringType is Type outer)
        {
            owner = outer;
        }

        return owner is null ? Words(named.Name) : $"{owner.Name}: {Words(named.Name)}";
    }

    /// <summary>A product without reductions wraps its epilogue.</summary>
    private static Type Named(Type text) => text.IsGenericType ? text.GetGenericArguments()[0] : text;

    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
