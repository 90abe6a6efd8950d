using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelGen.Entries;
using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>The kernels of compiled models, listed without a device.</summary>
internal static class EntryKernels
{
    /// <summary>A single example, a few, and so many that products get larger tiles and split their sums.</summary>
    private static readonly int[] Sizes = [1, 17, 64, 1000, 20_000];

    /// <summary>Small and large devices, between which the tiles of products differ.</summary>
    private static readonly int[] Multiprocessors = [8, 108, 132];

    /// <summary>The kernels that a model's entries start, over sizes and devices. Every kernel that the generator has printed is among them.</summary>
    /// <param name="model">The model's class.</param>
    public static IEnumerable<GpuKernel> Of(Type model)
    {
        GpuKernel[] kernels = [.. Entries(model).SelectMany(Of).Distinct()];
        Assert.Empty(Printed(model).Except(kernels.Select(kernel => Unwrapped(kernel.Text))));
        return kernels;
    }

    private static IEnumerable<Entry> Entries(Type model) => model.GetNestedType("Entries")!
        .GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        .Where(property => property.PropertyType.IsAssignableTo(typeof(Entry)))
        .Select(property => (Entry)property.GetValue(null)!);

    private static IEnumerable<GpuKernel> Of(Entry entry)
    {
        GpuEntryCode?[] codes = [entry.RunOnGpu, (entry as LossEntry)?.TrainOnGpu];
        return from code in codes
               where code is not null
               from multiprocessors in Multiprocessors
               from sizes in Combinations(entry.Dimensions.Length)
               from kernel in Record(GpuCapabilities.Cuda with { Multiprocessors = multiprocessors }, code, sizes)
               select kernel;
    }

    /// <summary>The kernels of a call; none where no device could run it, as values would become too large.</summary>
    private static IReadOnlyList<GpuKernel> Record(GpuCapabilities device, GpuEntryCode code, int[] sizes)
    {
        try
        {
            return GpuRecorder.Record(device, code, sizes);
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private static IEnumerable<int[]> Combinations(int dimensions) => dimensions == 0
        ? [[]]
        : Combinations(dimensions - 1).SelectMany(rest => Sizes, (rest, size) => (int[])[.. rest, size]);

    private static IEnumerable<Type> Printed(Type type) => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
        .SelectMany(nested => IsKernel(nested) ? [nested] : Printed(nested));

    private static bool IsKernel(Type type) => type.GetInterfaces().Any(contract =>
        contract == typeof(IGpuElementKernel) || contract == typeof(IGpuRowKernel) || contract == typeof(IGpuEpilogue) || contract == typeof(IGpuPartsEpilogue)
        || (contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IGpuEpilogue<>)));

    private static Type Unwrapped(Type text) =>
        text.IsGenericType && text.GetGenericTypeDefinition() == typeof(WithoutSums<>) ? text.GetGenericArguments()[0] : text;
}
