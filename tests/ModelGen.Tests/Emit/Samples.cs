using System;

namespace ModelGen.Tests.Emit;

/// <summary>Numbers to calculate with.</summary>
internal static class Samples
{
    /// <summary>Numbers between −3 and 3, always the same ones.</summary>
    public static float[] Floats(int count, int seed = 1)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = (6 * random.NextSingle()) - 3;
        }

        return values;
    }
}
