using System;
using System.Globalization;
using ModelGen.Cpu;

namespace ModelGen.Entries;

/// <summary>What frames look for in the host's memory, wherever the call runs.</summary>
internal static class HostChecks
{
    /// <summary>Checks that an input of integers holds indices only, or a value that is ignored.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative, or <paramref name="limit"/> or more.</exception>
    public static void Indices(Entry entry, int input, Buffer<int> values, long count, int limit, int? ignored)
    {
        for (nint i = 0; i < count; i++)
        {
            if ((uint)values[i] >= (uint)limit && values[i] != ignored)
            {
                throw IndexOutside(entry.Name, entry.Inputs[input].Name, i, values[i], limit, ignored);
            }
        }
    }

    /// <summary>Checks what a slice needs of the open dimensions.</summary>
    /// <param name="entry">The name of what is called.</param>
    /// <param name="what">The slice, and what must not be negative.</param>
    /// <param name="value">Its value in this call.</param>
    /// <exception cref="ArgumentException">The value is negative.</exception>
    public static void Size(string entry, string what, long value)
    {
        if (value < 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"The dimensions do not fit: {what}, and with the dimensions of this call of {entry} it is {value}."));
        }
    }

    /// <summary>The place of the first value that is not finite, or null.</summary>
    public static nint? NotFinite(Buffer<float> values, long count)
    {
        for (nint i = 0; i < count; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return null;
    }

    private static ArgumentOutOfRangeException IndexOutside(string entry, string name, nint position, int value, int limit, int? ignored) => new(
        name,
        value,
        string.Create(CultureInfo.InvariantCulture, $"{entry}: '{name}' holds {value} at position {position}; its values must lie between 0 and {limit - 1}{(ignored is null ? string.Empty : ", or be " + ignored.Value.ToString(CultureInfo.InvariantCulture))}."));
}
