using System;
using ModelGen.Cpu;

namespace ModelGen.Gpu;

/// <content>A last layer with its loss: see <see cref="Losses"/>.</content>
public sealed partial class GpuFrame
{
    /// <inheritdoc cref="Losses.LinearCrossEntropy(int, int, int, int, float, Buffer{float}, Buffer{float}, Buffer{float}, Buffer{int}, Buffer{float}, Entries.Frame)" path="/summary"/>
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
    public void LinearCrossEntropy(
        int rows, int classes, int size, int ignored, float smoothing, GpuBuffer<float> hidden, GpuBuffer<float> weight, GpuBuffer<float> bias, GpuBuffer<int> target, GpuBuffer<float> loss) =>
        new GpuLinearLoss<GpuIntIndices>(this, new(rows, classes, size, ignored, smoothing), new(hidden, weight, bias), new(target), loss).Run();

    /// <inheritdoc cref="LinearCrossEntropy(int, int, int, int, float, GpuBuffer{float}, GpuBuffer{float}, GpuBuffer{float}, GpuBuffer{int}, GpuBuffer{float})"/>
    /// <exception cref="ArgumentException">Numbers cannot name every class exactly.</exception>
    public void LinearCrossEntropy(
        int rows, int classes, int size, int ignored, float smoothing, GpuBuffer<float> hidden, GpuBuffer<float> weight, GpuBuffer<float> bias, GpuBuffer<float> target, GpuBuffer<float> loss)
    {
        IndexedSizes.RequireExact(classes);
        new GpuLinearLoss<GpuFloatIndices>(this, new(rows, classes, size, ignored, smoothing), new(hidden, weight, bias), new(target), loss).Run();
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
    public void LinearCrossEntropyGradients(
        int rows,
        int classes,
        int size,
        int ignored,
        float smoothing,
        GpuBuffer<float> hidden,
        GpuBuffer<float> weight,
        GpuBuffer<float> bias,
        GpuBuffer<int> target,
        GpuBuffer<float> loss,
        GpuBuffer<float> dHidden,
        GpuBuffer<float> dWeight,
        GpuBuffer<float> dBias) =>
        new GpuLinearLoss<GpuIntIndices>(this, new(rows, classes, size, ignored, smoothing), new(hidden, weight, bias), new(target), loss) { Gradients = new(dHidden, dWeight, dBias) }.Run();

    /// <inheritdoc cref="LinearCrossEntropyGradients(int, int, int, int, float, GpuBuffer{float}, GpuBuffer{float}, GpuBuffer{float}, GpuBuffer{int}, GpuBuffer{float}, GpuBuffer{float}, GpuBuffer{float}, GpuBuffer{float})"/>
    /// <exception cref="ArgumentException">Numbers cannot name every class exactly.</exception>
    public void LinearCrossEntropyGradients(
        int rows,
        int classes,
        int size,
        int ignored,
        float smoothing,
        GpuBuffer<float> hidden,
        GpuBuffer<float> weight,
        GpuBuffer<float> bias,
        GpuBuffer<float> target,
        GpuBuffer<float> loss,
        GpuBuffer<float> dHidden,
        GpuBuffer<float> dWeight,
        GpuBuffer<float> dBias)
    {
        IndexedSizes.RequireExact(classes);
        new GpuLinearLoss<GpuFloatIndices>(this, new(rows, classes, size, ignored, smoothing), new(hidden, weight, bias), new(target), loss) { Gradients = new(dHidden, dWeight, dBias) }.Run();
    }
}
