using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>Work that is written once for all vector widths.</summary>
internal interface ISimdWork
{
    /// <summary>Does the work with vectors of one width.</summary>
    void Run<V>()
        where V : struct, ISimd<V>;
}

/// <summary>The one place that chooses the vector width. Every property folds to a constant when a method is compiled.</summary>
public static class SimdWidth
{
    /// <summary>Gets the number of <see langword="float"/> lanes that kernels run with on this machine: 16, 8, 4 or 1.</summary>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;
    }

    /// <summary>Gets a value indicating whether a product and a sum can be rounded once. Emulating that costs a hundred times the work.</summary>
    public static bool FusesMultiplyAdd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }

    /// <summary>Runs the work with the widest vectors of this machine.</summary>
    /// <param name="work">The work.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run<TWork>(ref TWork work)
        where TWork : struct, ISimdWork, allows ref struct
    {
        if (Lanes == 16)
        {
            work.Run<Simd512>();
        }
        else if (Lanes == 8)
        {
            work.Run<Simd256>();
        }
        else if (Lanes == 4)
        {
            work.Run<Simd128>();
        }
        else
        {
            work.Run<Simd1>();
        }
    }
}
