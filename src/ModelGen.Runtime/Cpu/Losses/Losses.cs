using System;
using ModelGen.Entries;

namespace ModelGen.Cpu;

/// <summary>
/// The last layer of a classifier of many classes and its loss, in blocks of rows: <c>softmax(hidden · weightᵀ + bias)</c> exists for some rows at a time, and all that
/// is calculated from it is calculated while it is in the caches.
/// </summary>
/// <remarks>Results are the same to the last bit for any number of threads. Nothing is allocated but the first time.</remarks>
public static class Losses
{
    /// <summary>The mean of <c>ln Σⱼ exp(xⱼ) − xₜ</c> over the rows <c>x = hidden · weightᵀ + bias</c> whose target <c>t</c> is not ignored.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="size">The length of a hidden row.</param>
    /// <param name="ignored">The target of rows that count nowhere; a number that is no target where all count.</param>
    /// <param name="smoothing">The share of every target that all classes have in equal parts, from 0 to 1.</param>
    /// <param name="hidden">[rows, size].</param>
    /// <param name="weight">[classes, size].</param>
    /// <param name="bias">[classes].</param>
    /// <param name="target">[rows]: the classes.</param>
    /// <param name="loss">Receives the mean; NaN where no row counts.</param>
    /// <param name="frame">The call that the loss belongs to.</param>
    public static void LinearCrossEntropy(
        int rows, int classes, int size, int ignored, float smoothing, Buffer<float> hidden, Buffer<float> weight, Buffer<float> bias, Buffer<int> target, Buffer<float> loss, Frame frame) =>
        Run(new(rows, classes, size, ignored, smoothing), new(hidden, weight, bias), new IntIndices(target), loss, default, frame);

    /// <inheritdoc cref="LinearCrossEntropy(int, int, int, int, float, Buffer{float}, Buffer{float}, Buffer{float}, Buffer{int}, Buffer{float}, Frame)"/>
    /// <exception cref="ArgumentException">Numbers cannot name every class exactly.</exception>
    public static void LinearCrossEntropy(
        int rows, int classes, int size, int ignored, float smoothing, Buffer<float> hidden, Buffer<float> weight, Buffer<float> bias, Buffer<float> target, Buffer<float> loss, Frame frame)
    {
        IndexedSizes.RequireExact(classes);
        Run(new(rows, classes, size, ignored, smoothing), new(hidden, weight, bias), new FloatIndices(target), loss, default, frame);
    }

    /// <summary>The same mean, and its gradients.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="size">The length of a hidden row.</param>
    /// <param name="ignored">The target of rows that count nowhere; a number that is no target where all count.</param>
    /// <param name="smoothing">The share of every target that all classes have in equal parts, from 0 to 1.</param>
    /// <param name="hidden">[rows, size].</param>
    /// <param name="weight">[classes, size].</param>
    /// <param name="bias">[classes].</param>
    /// <param name="target">[rows]: the classes.</param>
    /// <param name="loss">Receives the mean; NaN where no row counts.</param>
    /// <param name="dHidden">Receives the gradient with respect to <paramref name="hidden"/>; no memory where nobody needs it, here and below.</param>
    /// <param name="dWeight">Receives the gradient with respect to <paramref name="weight"/>.</param>
    /// <param name="dBias">Receives the gradient with respect to <paramref name="bias"/>.</param>
    /// <param name="frame">The call that the loss belongs to.</param>
    public static void LinearCrossEntropyGradients(
        int rows,
        int classes,
        int size,
        int ignored,
        float smoothing,
        Buffer<float> hidden,
        Buffer<float> weight,
        Buffer<float> bias,
        Buffer<int> target,
        Buffer<float> loss,
        Buffer<float> dHidden,
        Buffer<float> dWeight,
        Buffer<float> dBias,
        Frame frame) =>
        Run(new(rows, classes, size, ignored, smoothing), new(hidden, weight, bias), new IntIndices(target), loss, new LinearLayer(dHidden, dWeight, dBias), frame);

    /// <inheritdoc cref="LinearCrossEntropyGradients(int, int, int, int, float, Buffer{float}, Buffer{float}, Buffer{float}, Buffer{int}, Buffer{float}, Buffer{float}, Buffer{float}, Buffer{float}, Frame)"/>
    /// <exception cref="ArgumentException">Numbers cannot name every class exactly.</exception>
    public static void LinearCrossEntropyGradients(
        int rows,
        int classes,
        int size,
        int ignored,
        float smoothing,
        Buffer<float> hidden,
        Buffer<float> weight,
        Buffer<float> bias,
        Buffer<float> target,
        Buffer<float> loss,
        Buffer<float> dHidden,
        Buffer<float> dWeight,
        Buffer<float> dBias,
        Frame frame)
    {
        IndexedSizes.RequireExact(classes);
        Run(new(rows, classes, size, ignored, smoothing), new(hidden, weight, bias), new FloatIndices(target), loss, new LinearLayer(dHidden, dWeight, dBias), frame);
    }

    private static void Run<TIndices>(in LinearLossSizes sizes, in LinearLayer layer, TIndices target, Buffer<float> loss, LinearLayer? gradients, Frame frame)
        where TIndices : struct, IIndices
    {
        ArgumentNullException.ThrowIfNull(frame);
        LinearLoss<TIndices> work = new(sizes, layer, target, gradients, frame);
        SimdWidth.Run(ref work);
        GC.KeepAlive(frame); // whose memory the work has addresses of
        loss[0] = work.Mean;
    }
}
