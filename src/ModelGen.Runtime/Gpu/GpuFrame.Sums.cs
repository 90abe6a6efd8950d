using ModelGen.Cpu;

namespace ModelGen.Gpu;

/// <content>Sums that grow along an axis: see <see cref="GrowingSums"/>, whose order of every sum is kept.</content>
public sealed partial class GpuFrame
{
    /// <inheritdoc cref="GrowingSums.SumOfEarlier" path="/summary"/>
    /// <param name="outer">The number of tables.</param>
    /// <param name="length">The length of the axis that is summed along.</param>
    /// <param name="inner">The number of columns.</param>
    /// <param name="x">The tables.</param>
    /// <param name="y">Receives the sums.</param>
    public void SumOfEarlier(int outer, int length, int inner, GpuBuffer<float> x, GpuBuffer<float> y) => Sum(outer, length, inner, first: 0, step: 1, x, y);

    /// <inheritdoc cref="GrowingSums.SumOfLater" path="/summary"/>
    /// <inheritdoc cref="SumOfEarlier" path="/param"/>
    public void SumOfLater(int outer, int length, int inner, GpuBuffer<float> x, GpuBuffer<float> y) => Sum(outer, length, inner, first: length - 1, step: -1, x, y);

    private void Sum(int outer, int length, int inner, int first, int step, GpuBuffer<float> x, GpuBuffer<float> y)
    {
        GpuGrid.Checked((long)outer * length * inner, Name);
        int columns = outer * inner;
        if (columns > 0 && length > 0)
        {
            Launch(GpuGrowingSum.Kernel, GpuGrid.OfElements(columns, Capabilities), 1, GpuGrid.Threads, new(columns, length, inner, first, step, x, y));
        }
    }
}
