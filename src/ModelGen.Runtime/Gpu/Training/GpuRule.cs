using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ModelGen.Gpu;

/// <summary>The numbers of a rule, an <see cref="IUpdateRule"/> or an <see cref="ILayerwiseRule"/>, whatever its type.</summary>
/// <remarks>
/// ILGPU makes argument types of its own, in an assembly of its own, that hold what contains no address as it is. A rule that is somebody's
/// private struct it may not name, so rules travel as numbers, and kernels make them rules again.
/// </remarks>
internal readonly struct GpuRule
{
    private const int Most = 16;
    private readonly float n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13, n14, n15;

    private GpuRule(ReadOnlySpan<float> n)
    {
        (n0, n1, n2, n3, n4, n5, n6, n7) = (n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
        (n8, n9, n10, n11, n12, n13, n14, n15) = (n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15]);
    }

    /// <summary>Takes the numbers of a rule.</summary>
    /// <exception cref="NotSupportedException">It holds more, or others than floats.</exception>
    public static unsafe GpuRule Of<TRule>(in TRule rule)
        where TRule : struct
    {
        if (!Layout<TRule>.IsFloats)
        {
            throw new NotSupportedException(FormattableString.Invariant(
                $"The rule {typeof(TRule).Name} cannot run on a device: its fields must be at most {Most} numbers of type float."));
        }

        Span<float> numbers = stackalloc float[Most];
        numbers.Clear();
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref numbers[0]), rule);
        return new GpuRule(numbers);
    }

    /// <summary>In a kernel: the rule.</summary>
    public static TRule To<TRule>(GpuRule numbers)
        where TRule : struct => Unsafe.As<GpuRule, TRule>(ref numbers);

    private static class Layout<TRule>
        where TRule : struct
    {
        public static readonly bool IsFloats = Numbers(typeof(TRule)).Take(Most + 1).ToArray() is { Length: <= Most } numbers && numbers.All(number => number == typeof(float));

        /// <summary>The types of all fields, those of structs in their place.</summary>
        [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Kernels use the fields: nobody trims them.")]
        private static IEnumerable<Type> Numbers(Type type) => type.IsPrimitive || !type.IsValueType
            ? [type]
            : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(field => Numbers(field.FieldType));
    }
}
