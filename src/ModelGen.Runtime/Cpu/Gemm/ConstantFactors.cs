using System.Collections.Concurrent;
using System.Threading;
using ModelGen.Entries;

namespace ModelGen.Cpu;

/// <summary>
/// Right factors that stay the same from call to call, a model's weights, packed once for all calls. Where a product has many rows, packing is
/// a small part of its work and not worth the memory.
/// </summary>
/// <remarks>Any number of threads may look factors up, also while another one makes all of them forgotten.</remarks>
/// <param name="constants">The memory in which whatever lies is constant, until <see cref="Forget"/>.</param>
internal sealed unsafe class ConstantFactors(AlignedBuffer constants)
{
    /// <summary>With so many rows, packing takes less than about three hundredths of the time.</summary>
    private const int MaxRows = 256;

    private readonly ConcurrentDictionary<Key, Packed> known = new();
    private long version;
    private bool givenUp;

    /// <summary>The right factor's panels, or null where the product is to pack it by itself.</summary>
    /// <remarks>Whoever uses the memory keeps the <see cref="AlignedBuffer"/>.</remarks>
    internal AlignedBuffer? Find(in GemmOperands operands)
    {
        nint offset = (nint)(operands.B - constants.Floats.Start);
        if (offset < 0 || offset >= constants.Length || operands.M > MaxRows || Volatile.Read(ref givenUp))
        {
            return null;
        }

        // Read before the values are: what is packed while they change is never taken for the new.
        long now = Interlocked.Read(ref version);
        var key = new Key(offset, operands.N, operands.K, operands.BColumn == 1);
        return known.TryGetValue(key, out Packed packed) && packed.Version == now ? packed.Panels : (known[key] = Pack(now, operands)).Panels;
    }

    /// <summary>Says that the constants have changed.</summary>
    internal void Forget() => Interlocked.Increment(ref version);

    /// <summary>Says that the constants may change at any time, and nobody will say so.</summary>
    internal void GiveUp()
    {
        Volatile.Write(ref givenUp, true);
        known.Clear();
    }

    private static Packed Pack(long version, in GemmOperands operands)
    {
        var work = new Packing(operands);
        SimdWidth.Run(ref work);
        return new Packed(version, work.Panels!);
    }

    private readonly record struct Packed(long Version, AlignedBuffer Panels);

    private readonly record struct Key(nint Offset, int N, int K, bool IsRowMajor);

    private struct Packing(GemmOperands operands) : ISimdWork
    {
        internal AlignedBuffer? Panels { get; private set; }

        public void Run<V>()
            where V : struct, ISimd<V>
        {
            if (GemmBlocking.HasManyRegisters<V>())
            {
                Pack<V, WideTile>();
            }
            else
            {
                Pack<V, NarrowTile>();
            }
        }

        private void Pack<V, TTile>()
            where V : struct, ISimd<V>
            where TTile : struct, ITile
        {
            Panels = new AlignedBuffer(RightPanels<V, TTile>.Length(operands));
            RightPanels<V, TTile>.Pack(operands, 0, operands.N, Panels.Floats.Start);
        }
    }
}
