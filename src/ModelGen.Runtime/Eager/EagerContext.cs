using System;
using System.Collections.Generic;
using ModelGen.Cpu;

namespace ModelGen;

/// <summary>What words and layers must know of the call of an eager method that they run in; each thread has its own.</summary>
internal sealed class EagerContext(ulong seed, EagerMode mode, ModelState? state = null)
{
    [ThreadStatic]
    private static EagerContext? current;

    private readonly Dictionary<uint, uint> calls = [];

    public static EagerContext? Current
    {
        get => current;
        set => current = value;
    }

    /// <summary>Gets the mode of the call; outside of one it is inference in float.</summary>
    public static EagerMode Mode => current?.OwnMode ?? default;

    /// <summary>Gets the states of the call.</summary>
    public EagerStates States { get; } = new(state, mode.Double);

    private EagerMode OwnMode { get; } = mode;

    /// <summary>The random numbers of a place: its first call in this run of a method has others than its second.</summary>
    public RandomStream Random(uint site)
    {
        uint occurrence = calls.GetValueOrDefault(site);
        calls[site] = occurrence + 1;
        return new RandomStream(seed, OwnMode.Step, site, occurrence);
    }
}
