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

    private readonly ConcurrentDictionary<Key, Factor> factors = new();
    private long version;
    private bool givenUp;
    private bool isEmpty = true;

    /// <summary>The right factor's panels, or null where the product is to pack it by itself: as it does in the first call after a change, because
    /// where every call follows a change nothing would be gained, and memory taken each time.</summary>
    /// <remarks>Whoever uses the memory keeps the <see cref="AlignedBuffer"/>.</remarks>
    internal AlignedBuffer? Find(in GemmOperands operands)
    {
        nint offset = (nint)(operands.B - constants.Floats.Start);
        if (offset < 0 || offset >= constants.Length || operands.M > MaxRows || operands.IsNarrow || Volatile.Read(ref givenUp))
        {
            return null;
        }

        // Read before the values are: what is packed while they change is never taken for the new.
        long now = Interlocked.Read(ref version);
        Factor factor = factors.GetOrAdd(new Key(offset, operands.N, operands.K, operands.BColumn == 1, operands.Parts), static _ => new Factor());
        if (factor.Packed is { } packed && packed.Version == now)
        {
            return packed.Panels;
        }

        if (Interlocked.Exchange(ref factor.LastSeen, now) != now)
        {
            factor.Packed = null;
            return null;
        }

        // One thread packs; others that come meanwhile do without.
        if (Interlocked.Exchange(ref factor.IsBeingPacked, true))
        {
            return null;
        }

        try
        {
            factor.Packed = packed = new Packed(now, Pack(operands));
            Volatile.Write(ref isEmpty, false);
            return packed.Panels;
        }
        finally
        {
            Volatile.Write(ref factor.IsBeingPacked, false);
        }
    }

    /// <summary>Says that the constants have changed.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref version);
        if (!Volatile.Read(ref isEmpty))
        {
            Volatile.Write(ref isEmpty, true);
            factors.Clear();
        }
    }

    /// <summary>Says that the constants may change at any time, and nobody will say so.</summary>
    internal void GiveUp()
    {
        Volatile.Write(ref givenUp, true);
        factors.Clear();
    }

    private static AlignedBuffer Pack(in GemmOperands operands)
    {
        var work = new Packing(operands);
        SimdWidth.Run(ref work);
        return work.Panels!;
    }

    private readonly record struct Key(nint Offset, int N, int K, bool IsRowMajor, int Parts);

    private sealed record Packed(long Version, AlignedBuffer Panels);

    private sealed class Factor
    {
        internal long LastSeen = -1;

        internal bool IsBeingPacked;

        internal volatile Packed? Packed;
    }

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
            if (operands.Parts > 1)
            {
                int width = operands.N / operands.Parts;
                Panels = new AlignedBuffer(PartPanels<V, TTile>.Length(width, operands.Parts, operands.K));
                PartPanels<V, TTile>.Pack(operands, 0, width, Panels.Floats.Start);
                return;
            }

            Panels = new AlignedBuffer(RightPanels<V, TTile>.Length(operands.N, operands.K));
            RightPanels<V, TTile>.Pack(operands, 0, operands.N, operands.N, Panels.Floats.Start);
        }
    }
}
