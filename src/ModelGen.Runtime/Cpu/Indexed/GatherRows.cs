using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Copies what lies at the indices, a row for each index.</summary>
internal readonly struct GatherRows<TIndices>(IndexedSizes sizes, Buffer<float> x, TIndices indices, Buffer<float> y) : IRowKernel
    where TIndices : struct, IIndices
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V>(int block, int first, int end)
        where V : struct, ISimd<V>
    {
        for (int row = first; row < end; row++)
        {
            nint batch = row / sizes.Count;
            nint place = sizes.PlaceOf(batch, row % sizes.Count);
            Buffer<float> table = x.At(batch * sizes.Size * sizes.Inner);
            Buffer<float> to = y.At((nint)row * sizes.Inner);
            if (sizes.IsPerElement)
            {
                for (nint column = 0; column < sizes.Inner; column++)
                {
                    to[column] = table[(indices[place + column] * sizes.Inner) + column];
                }
            }
            else
            {
                table.At(indices[place] * sizes.Inner).Span(sizes.Inner).CopyTo(to.Span(sizes.Inner));
            }
        }
    }
}
