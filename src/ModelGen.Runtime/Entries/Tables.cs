using System;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelGen.Entries;

/// <summary>Arrays of any rank as generated methods take and return them: their sizes and their values in row-major order.</summary>
public static class Tables
{
    /// <summary>The size of one axis, which an open dimension is taken from.</summary>
    /// <param name="table">The array.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <returns>The size.</returns>
    public static int Size(Array table, string name, int axis)
    {
        ArgumentNullException.ThrowIfNull(table, name);
        return table.GetLength(axis);
    }

    /// <summary>Compares an array's sizes with the expected ones.</summary>
    /// <param name="table">The array.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="sizes">The expected size of every axis.</param>
    /// <exception cref="ArgumentException">A size differs.</exception>
    public static void Check(Array table, string name, params ReadOnlySpan<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(table, name);
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (table.GetLength(axis) != sizes[axis])
            {
                string actual = string.Join(", ", Enumerable.Range(0, table.Rank).Select(table.GetLength));
                string expected = string.Join(", ", sizes.ToArray());
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"'{name}' has the sizes [{actual}], but [{expected}] are expected."),
                    name);
            }
        }
    }

    /// <summary>An array's values in row-major order, without a copy.</summary>
    /// <typeparam name="T">The array's element type.</typeparam>
    /// <param name="table">The array.</param>
    /// <returns>The values; the span keeps the array alive.</returns>
    /// <exception cref="ArrayTypeMismatchException">The array has another element type.</exception>
    public static Span<T> Values<T>(Array table)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.GetType().GetElementType() == typeof(T)
            ? MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(table)), table.Length)
            : throw new ArrayTypeMismatchException($"An array of {typeof(T).Name} is expected, not {table.GetType().Name}.");
    }
}
