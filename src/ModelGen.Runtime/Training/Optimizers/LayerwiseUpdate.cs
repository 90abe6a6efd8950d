using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The passes of an <see cref="ILayerwiseRule"/> over a processor's memory.</summary>
/// <remarks>Chunks leave sums of their squares, which are added up in their order, in double: the number of threads changes nothing.</remarks>
internal sealed unsafe class LayerwiseUpdate
{
    private readonly TensorChunks chunks;
    private readonly AlignedBuffer table;
    private readonly AlignedBuffer squares;
    private readonly AlignedBuffer steps;

    public LayerwiseUpdate(ModelDescription description)
    {
        chunks = new TensorChunks(description);
        table = new AlignedBuffer((long)chunks.All.Length * sizeof(TensorChunk) / sizeof(float));
        squares = new AlignedBuffer(2L * chunks.All.Length);
        steps = new AlignedBuffer(chunks.Tensors);
        chunks.All.CopyTo(Table.Span(chunks.All.Length));
    }

    private Buffer<TensorChunk> Table => new((TensorChunk*)table.Floats.Start);

    /// <summary>Updates the tensors of a range.</summary>
    public void Run<TRule>(in TRule rule, in LayerwiseMemory memory, long offset, long count, int threads)
        where TRule : struct, ILayerwiseRule
    {
        int tensor = chunks.TensorAt(offset);
        int end = chunks.TensorAt(offset + count);
        int first = chunks.First(tensor);
        int length = chunks.First(end) - first;
        Launch.Rows(new FirstPass<TRule>(rule, memory, Table.At(first), squares.Floats.At(2 * first)), length, TensorChunks.Length, threads);
        for (; tensor < end; tensor++)
        {
            steps.Floats[tensor] = Step(rule, tensor);
        }

        Launch.Rows(new SecondPass<TRule>(rule, memory, Table.At(first), steps.Floats), length, TensorChunks.Length, threads);
        GC.KeepAlive(this);
    }

    private float Step<TRule>(in TRule rule, int tensor)
        where TRule : struct, ILayerwiseRule
    {
        (double values, double directions) = (0, 0);
        for (nint chunk = chunks.First(tensor); chunk < chunks.First(tensor + 1); chunk++)
        {
            values += squares.Floats[2 * chunk];
            directions += squares.Floats[(2 * chunk) + 1];
        }

        return rule.Step((float)Math.Sqrt(values), (float)Math.Sqrt(directions));
    }

    /// <summary>Renews what is remembered; squares of values and directions.</summary>
    private readonly struct FirstPass<TRule>(in TRule rule, in LayerwiseMemory memory, Buffer<TensorChunk> table, Buffer<float> squares) : IRowKernel
        where TRule : struct, ILayerwiseRule
    {
        private readonly TRule rule = rule;
        private readonly LayerwiseMemory memory = memory;
        private readonly Buffer<TensorChunk> table = table;
        private readonly Buffer<float> squares = squares;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            for (nint chunk = first; chunk < end; chunk++)
            {
                Run<V>(this, chunk);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Run<V>(FirstPass<TRule> pass, nint chunk)
            where V : struct, ISimd<V>
        {
            // A copy, whose fields live in registers.
            FirstPass<TRule> own = pass;
            nint index = (nint)own.table[chunk].Offset;
            nint end = index + own.table[chunk].Count;
            nint last = end - V.Count;
            V values = V.Zero;
            V directions = V.Zero;
            if (index <= last)
            {
                // Tested behind the body: see Launch.
                do
                {
                    own.Add(index, default(AllLanes), ref values, ref directions);
                    index += V.Count;
                }
                while (index <= last);
            }

            Finish(pass, chunk, index, end, values, directions);
        }

        // A method of its own, and called: see Launch.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Finish<V>(FirstPass<TRule> own, nint chunk, nint index, nint end, V values, V directions)
            where V : struct, ISimd<V>
        {
            own.Add(index, new FirstLanes((int)(end - index)), ref values, ref directions);
            own.squares[2 * chunk] = V.Sum(values);
            own.squares[(2 * chunk) + 1] = V.Sum(directions);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Add<V, L>(nint index, L lanes, ref V values, ref V directions)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            V parameter = V.Load(memory.Parameters, index, lanes);
            V one = V.Load(memory.First, index, lanes);
            V two = V.Load(memory.Second, index, lanes);
            rule.Remember(memory.Gradients.Load<V, L>(index, lanes), ref one, ref two);
            V.Store(memory.First, index, one, lanes);
            V.Store(memory.Second, index, two, lanes);
            V direction = V.Keep(rule.Direction(parameter, one, two), V.Zero, lanes);
            values = V.MultiplyAdd(parameter, parameter, values);
            directions = V.MultiplyAdd(direction, direction, directions);
        }
    }

    /// <summary>Takes the steps.</summary>
    private readonly struct SecondPass<TRule>(in TRule rule, in LayerwiseMemory memory, Buffer<TensorChunk> table, Buffer<float> steps) : IRowKernel
        where TRule : struct, ILayerwiseRule
    {
        private readonly TRule rule = rule;
        private readonly LayerwiseMemory memory = memory;
        private readonly Buffer<TensorChunk> table = table;
        private readonly Buffer<float> steps = steps;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            for (nint chunk = first; chunk < end; chunk++)
            {
                Run<V>(this, chunk);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Run<V>(SecondPass<TRule> pass, nint chunk)
            where V : struct, ISimd<V>
        {
            SecondPass<TRule> own = pass;
            nint index = (nint)own.table[chunk].Offset;
            nint end = index + own.table[chunk].Count;
            nint last = end - V.Count;
            V step = V.Broadcast(own.steps[own.table[chunk].Tensor]);
            if (index <= last)
            {
                do
                {
                    own.Move(index, default(AllLanes), step);
                    index += V.Count;
                }
                while (index <= last);
            }

            if (index < end)
            {
                Finish(pass, index, (int)(end - index), step);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Finish<V>(SecondPass<TRule> own, nint index, int count, V step)
            where V : struct, ISimd<V> => own.Move(index, new FirstLanes(count), step);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Move<V, L>(nint index, L lanes, V step)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            V parameter = V.Load(memory.Parameters, index, lanes);
            V direction = rule.Direction(parameter, V.Load(memory.First, index, lanes), V.Load(memory.Second, index, lanes));
            V.Store(memory.Parameters, index, V.MultiplyAdd(step, direction, parameter), lanes);
        }
    }
}

/// <summary>The memory that the passes work on, all of it from its beginning.</summary>
internal readonly record struct LayerwiseMemory(Buffer<float> Parameters, ClippedGradient Gradients, Buffer<float> First, Buffer<float> Second);
