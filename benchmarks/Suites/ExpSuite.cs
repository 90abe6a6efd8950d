using System;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ModelGen.Benchmarks.Works;
using ModelGen.Cpu;

namespace ModelGen.Benchmarks.Suites;

/// <summary>Elementary functions over 64 Ki values: ours against the platform's exponential.</summary>
[ShortRunJob]
public unsafe class ExpSuite : IDisposable
{
    private const int Count = 1 << 16;

    private readonly NativeFloats x = new(Count);
    private readonly NativeFloats y = new(Count);

    [Benchmark(Baseline = true)]
    public void Platform()
    {
        for (int i = 0; i < Count; i += System.Runtime.Intrinsics.Vector512<float>.Count)
        {
            System.Runtime.Intrinsics.Vector512.Store(
                System.Runtime.Intrinsics.Vector512.Exp(System.Runtime.Intrinsics.Vector512.Load(x.Buffer.Start + i)), y.Buffer.Start + i);
        }
    }

    [Benchmark]
    public void Exp() => Launch.Elements(new Kernel<ExpOp>(x.Buffer, y.Buffer), Count, 1);

    [Benchmark]
    public void Tanh() => Launch.Elements(new Kernel<TanhOp>(x.Buffer, y.Buffer), Count, 1);

    [Benchmark]
    public void Erf() => Launch.Elements(new Kernel<ErfOp>(x.Buffer, y.Buffer), Count, 1);

    [Benchmark]
    public void Log() => Launch.Elements(new Kernel<LogOp>(x.Buffer, y.Buffer), Count, 1);

    [Benchmark]
    public void Uniform() => Launch.Elements(new UniformKernel(new RandomStream(1, 2, 3, 4), y.Buffer), Count, 1);

    [GlobalCleanup]
    public void Dispose()
    {
        x.Dispose();
        y.Dispose();
        GC.SuppressFinalize(this);
    }

    private interface IOp
    {
        static abstract V Apply<V>(V x)
            where V : struct, ISimd<V>;
    }

    private readonly struct ExpOp : IOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ISimd<V> => SimdMath.Exp(x);
    }

    private readonly struct TanhOp : IOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ISimd<V> => SimdMath.Tanh(x);
    }

    private readonly struct ErfOp : IOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ISimd<V> => SimdMath.Erf(x);
    }

    private readonly struct LogOp : IOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ISimd<V> => SimdMath.Log(x);
    }

    private readonly struct Kernel<TOp>(Buffer<float> x, Buffer<float> y) : IElementKernel
        where TOp : struct, IOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes => V.Store(y, index, TOp.Apply(V.Load(x, index, lanes)), lanes);
    }

    private readonly struct UniformKernel(RandomStream stream, Buffer<float> y) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes => V.Store(y, index, V.Uniform(stream, (uint)index), lanes);
    }
}
