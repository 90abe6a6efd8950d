using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelGen.Gpu;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>The kernels that belong to no model.</summary>
internal static class RuntimeKernels
{
    private static readonly Type[] Types = typeof(GpuKernel).Assembly.GetTypes();

    /// <summary>The runtime's own: every kernel of a class without type parameters, and of a class with one for every struct that it can be.</summary>
    public static IEnumerable<GpuKernel> Own => Types.SelectMany(Closed).SelectMany(Kernels);

    /// <summary>The template of products: every tile with every transposition, each factor in fours or one by one, with reductions; and the sums of splits.</summary>
    public static IEnumerable<GpuKernel> Products => Enum.GetValues<GpuProductTile>().Where(tile => tile != GpuProductTile.Thread).SelectMany(Tile).Distinct();

    private static List<GpuKernel> Tile(GpuProductTile tile)
    {
        Recorder recorder = new([]);
        for (int transposed = 0; transposed < 4; transposed++)
        {
            for (int odd = 0; odd < 8; odd++)
            {
                Launch(recorder, tile, 1, transposed, odd);
            }
        }

        Launch(recorder, tile, 4, 0, 0);
        for (int form = 0; form < 32 && tile != GpuProductTile.Tall; form++)
        {
            LaunchParts(recorder, tile, form & 3, form >> 2);
        }

        return recorder.Kernels;
    }

    private static IEnumerable<Type> Closed(Type type) => type.GetGenericArguments() switch
    {
        [] => [type],
        [Type parameter] when Kernels(type).Any() => Types.Where(argument => Fits(argument, parameter)).Select(argument => type.MakeGenericType(argument)),
        _ => [],
    };

    /// <summary>The values of a closed type's kernels; of an open one as many nulls.</summary>
    private static IEnumerable<GpuKernel> Kernels(Type type) => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => field.FieldType.IsAssignableTo(typeof(GpuKernel)))
        .Select(field => type.ContainsGenericParameters ? null! : (GpuKernel)field.GetValue(null)!);

    private static bool Fits(Type argument, Type parameter) =>
        argument.IsValueType && !argument.ContainsGenericParameters && parameter.GetGenericParameterConstraints().All(argument.IsAssignableTo);

    private static void Launch(Recorder recorder, GpuProductTile tile, int splits, int transposed, int odd)
    {
        const int Fours = 64;
        GpuProductPlan plan = GpuProductPlan.Of(1, Fours + (odd & 1), Fours + ((odd >> 1) & 1), Fours + (odd >> 2), tile, splits);
        GpuProducts.Launch<Recorder, Reduced, Reduced.Sums>(
            recorder, plan, default, default, (transposed & 1) != 0, default, (transposed & 2) != 0, default);
    }

    private static void LaunchParts(Recorder recorder, GpuProductTile tile, int transposed, int odd)
    {
        const int Fours = 64;
        GpuProductPlan plan = GpuProductPlan.OfParts(Fours + (odd & 1), 4 * (Fours + ((odd >> 1) & 1)), Fours + (odd >> 2), 4, tile);
        new GpuPartsLaunch<Recorder, Gated>(recorder, plan, default, default, default).Start((transposed & 1) != 0, (transposed & 2) != 0);
    }

    private readonly struct Recorder(List<GpuKernel> kernels) : IGpuLauncher
    {
        public List<GpuKernel> Kernels => kernels;

        public void Launch<TArguments>(GpuKernel<TArguments> kernel, int groupsX, int groupsY, int threads, in TArguments arguments)
            where TArguments : struct => kernels.Add(kernel);
    }

    /// <summary>The cell of a long short-term memory.</summary>
    private readonly struct Gated(GpuBuffer<float> cell, GpuBuffer<float> hidden, int width) : IGpuPartsEpilogue
    {
        public static int Parts => 4;

        public void Apply(int row, int column, GpuParts products)
        {
            int at = (row * width) + column;
            float next = (GpuMath.Sigmoid(products.Part(1)) * cell[at]) + (GpuMath.Sigmoid(products.Part(0)) * GpuMath.Tanh(products.Part(2)));
            cell[at] = next;
            hidden[at] = GpuMath.Sigmoid(products.Part(3)) * GpuMath.Tanh(next);
        }
    }

    /// <summary>Stores the products and leaves the sums and the largest numbers of their columns.</summary>
    private readonly struct Reduced(GpuBuffer<float> product, GpuBuffer<float> sums, GpuBuffer<float> largest, int n) : IGpuEpilogue<Reduced.Sums>
    {
        public Sums Begin() => new() { Largest = float.NegativeInfinity };

        public void Apply(int row, int column, float value, ref Sums at)
        {
            product[(row * n) + column] = value;
            at.Sum += value;
            at.Largest = GpuMath.Max(at.Largest, value);
        }

        public void Combine(ref Sums at, Sums other)
        {
            at.Sum += other.Sum;
            at.Largest = GpuMath.Max(at.Largest, other.Largest);
        }

        public void End(int block, int column, Sums at)
        {
            sums[(block * n) + column] = at.Sum;
            largest[(block * n) + column] = at.Largest;
        }

        internal struct Sums
        {
            public float Sum;
            public float Largest;
        }
    }
}
