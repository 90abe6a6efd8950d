using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

/// <summary>The open dimensions that a kernel's text mentions: they are its arguments, in ordinal order.</summary>
internal static class KernelDims
{
    public static IEnumerable<string> Of(Kernel kernel) =>
        Dims(kernel).Concat(kernel.Streams.SelectMany(site => site.Strides.Append(site.Occurrence))).SelectMany(dim => dim.Names).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal);

    private static IEnumerable<Dim> Dims(Kernel kernel) => kernel switch
    {
        ElementKernel elements => [elements.Count, .. elements.Body.SelectMany(Dims)],
        RowKernel rows => [.. rows.Outer, rows.Inner, .. rows.Stages.SelectMany(stage => stage.Body).SelectMany(Dims), .. rows.Sums.Select(sum => sum.Columns)],
        ProductKernel product =>
            [product.Batch, product.M, product.N, product.K, .. product.Rows, .. Dims(product.Prologue), .. product.Epilogue.SelectMany(Dims), .. product.Sums.Select(sum => sum.Columns)],
        TemplateKernel template => template.Sizes,
        _ => throw new InvalidOperationException(kernel.GetType().Name),
    };

    private static IEnumerable<Dim> Dims(FactorBody? prologue) => prologue is null ? [] : [.. prologue.Rows, .. prologue.Body.SelectMany(Dims), .. Dims(prologue.Value)];

    private static IEnumerable<Dim> Dims(Instruction instruction) => instruction switch
    {
        Let let => Dims(let.Value),
        Store store => Dims(store.To).Concat(Dims(store.Value)),
        Reduce reduce => Dims(reduce.Value),
        Accumulate accumulate => Dims(accumulate.Value),
        _ => throw new InvalidOperationException(instruction.GetType().Name),
    };

    private static IEnumerable<Dim> Dims(Value value) => value switch
    {
        LoadValue load => Dims(load.From),
        UniformValue uniform => Dims(uniform.Element),
        DimNumber number => [number.Dim],
        CallValue call => call.Arguments.SelectMany(Dims),
        _ => [],
    };

    private static IEnumerable<Dim> Dims(Access access) => [access.Offset, .. access.OuterStrides, access.InnerStride];
}
