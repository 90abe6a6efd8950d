using System;

namespace ModelGen.Models.Tests.Goldens;

/// <summary>Compares numbers with what PyTorch gives.</summary>
internal static class Closeness
{
    /// <summary>A description of the first number that is too far off, or null. NaN equals NaN and both zeros are equal.</summary>
    public static string? Difference(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        if (expected.Length != actual.Length)
        {
            return $"{what}: {actual.Length} values instead of {expected.Length}";
        }

        for (int index = 0; index < expected.Length; index++)
        {
            if (!IsClose(expected[index], actual[index], tolerance))
            {
                return $"{what}[{index}]: {actual[index]:R} instead of {expected[index]:R}";
            }
        }

        return null;
    }

    private static bool IsClose(float expected, float actual, double tolerance) =>
        expected.Equals(actual) || expected == actual || Math.Abs((double)expected - actual) <= tolerance * Math.Max(1, Math.Abs((double)expected));
}
