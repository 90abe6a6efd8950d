using System;
using System.Linq;

namespace ModelGen.Models.Tests.Training;

/// <summary>Five clusters of points in 20 dimensions, in a fixed order, for <see cref="Digits"/>.</summary>
internal static class Clusters
{
    public static Dataset Of(int count)
    {
        (float[] points, int[] labels) = Points(count);
        return Digits.Data(points, labels);
    }

    public static (float[] Points, int[] Labels) Points(int count, int width = 20, int classes = 5)
    {
        Random random = new(99);
        float[] points = [.. Enumerable.Range(0, count * width).Select(_ => (random.NextSingle() * 2) - 1)];
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];
        for (int i = 0; i < count; i++)
        {
            points[(i * width) + labels[i]] += 1.5f;
        }

        return (points, labels);
    }
}
