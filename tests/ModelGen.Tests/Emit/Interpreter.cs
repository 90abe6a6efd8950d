extern alias Runtime;
using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using Runtime::ModelGen.Cpu;

namespace ModelGen.Tests.Emit;

/// <summary>Runs a kernel element by element, in plain C#: what printed kernels are compared with.</summary>
/// <param name="operands">The memory: <c>float[]</c> or <c>int[]</c> for each operand.</param>
/// <param name="dims">The open dimensions.</param>
/// <param name="loops">The indexes of the loops around.</param>
/// <param name="seed">The first key of random numbers.</param>
/// <param name="step">The second key of random numbers.</param>
internal sealed class Interpreter(Array[] operands, IReadOnlyDictionary<string, int> dims, int[] loops, ulong seed = 0, uint step = 0)
{
    public void Run(Kernel kernel)
    {
        switch (kernel)
        {
            case ElementKernel elements:
                for (long index = 0; index < Size(elements.Count); index++)
                {
                    Run(elements.Body, new Point(kernel, [], index, []), []);
                }

                break;
            case RowKernel rows:
                Start(rows.Sums);
                Run(rows);
                break;
            case ProductKernel product:
                Start(product.Sums);
                Run(product);
                break;
        }
    }

    private void Run(RowKernel kernel)
    {
        long[] sizes = [.. kernel.Outer.Select(Size)];
        for (long row = 0; row < sizes.Aggregate(1L, (a, b) => a * b); row++)
        {
            long[] outer = Indexes(row, sizes);
            Dictionary<string, float> locals = [];
            foreach (Stage stage in kernel.Stages)
            {
                RunStage(stage, kernel, outer, locals);
            }
        }
    }

    private static long[] Indexes(long row, long[] sizes)
    {
        long[] indexes = new long[sizes.Length];
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            (row, indexes[axis]) = Math.DivRem(row, sizes[axis]);
        }

        return indexes;
    }

    private void RunStage(Stage stage, RowKernel kernel, long[] outer, Dictionary<string, float> locals)
    {
        if (!stage.IsLoop)
        {
            Run(stage.Body, new Point(kernel, outer, 0, locals), []);
            return;
        }

        Dictionary<string, double> results = stage.Body.OfType<Reduce>().ToDictionary(reduce => reduce.Name, reduce => reduce.Kind == Reduction.Max ? double.NegativeInfinity : 0.0);
        for (long column = 0; column < Size(kernel.Inner); column++)
        {
            Run(stage.Body, new Point(kernel, outer, column, new Dictionary<string, float>(locals)), results);
        }

        foreach ((string name, double result) in results)
        {
            locals[name] = (float)result;
        }
    }

    private void Run(ProductKernel kernel)
    {
        (long m, long n, long k) = (Size(kernel.M), Size(kernel.N), Size(kernel.K));
        long[] sizes = [.. kernel.Rows.Select(Size)];
        (float[] a, float[] b) = ((float[])operands[kernel.A], (float[])operands[kernel.B]);
        for (long row = 0; row < Size(kernel.Batch) * m; row++)
        {
            (long batch, long i) = Math.DivRem(row, m);
            for (long j = 0; j < n; j++)
            {
                double product = 0;
                for (long p = 0; p < k; p++)
                {
                    long left = (batch * m * k) + (kernel.TransposeA ? (p * m) + i : (i * k) + p);
                    long right = (batch * k * n) + (kernel.TransposeB ? (j * k) + p : (p * n) + j);
                    product += (double)a[left] * b[right];
                }

                Run(kernel.Epilogue, new Point(kernel, Indexes(row, sizes), j, new() { ["product"] = (float)product }), []);
            }
        }
    }

    private void Start(IEnumerable<BlockSum> sums)
    {
        foreach (BlockSum sum in sums)
        {
            Array.Fill((float[])operands[sum.Destination], sum.Kind == Reduction.Max ? float.NegativeInfinity : 0f, 0, (int)Size(sum.Columns));
        }
    }

    private void Run(IEnumerable<Instruction> body, Point point, Dictionary<string, double> results)
    {
        foreach (Instruction instruction in body)
        {
            switch (instruction)
            {
                case Let let:
                    point.Locals[let.Name] = Evaluate(let.Value, point);
                    break;
                case Store store:
                    ((float[])operands[store.To.Operand])[Address(store.To, point)] = Evaluate(store.Value, point);
                    break;
                case Reduce reduce:
                    results[reduce.Name] = Combine(reduce.Kind, results[reduce.Name], Evaluate(reduce.Value, point));
                    break;
                case Accumulate accumulate:
                    BlockSum sum = KernelSums.Of(accumulate, point.Kernel);
                    ref float total = ref ((float[])operands[sum.Destination])[Size(sum.Columns) == 1 ? 0 : point.Inner];
                    total = (float)Combine(sum.Kind, total, Evaluate(accumulate.Value, point));
                    break;
            }
        }
    }

    private static double Combine(Reduction kind, double a, double b) => kind == Reduction.Max ? Math.Max(a, b) : a + b;

    private float Evaluate(Value value, Point point) => value switch
    {
        ConstantValue constant => (float)constant.Number,
        LocalValue local => point.Locals[local.Name],
        LoadValue load => operands[load.From.Operand] is int[] ints ? ints[Address(load.From, point)] : ((float[])operands[load.From.Operand])[Address(load.From, point)],
        DimNumber number => Size(number.Dim),
        IndexValue { OuterAxis: int axis } => point.Outer[axis],
        IndexValue => point.Inner,
        LoopIndexValue loop => loops[loop.Loop],
        UniformValue uniform => Stream(point.Kernel.Streams[uniform.Stream]).Uniform((uint)Address(uniform.Element, point)),
        CallValue call => (float)Scalars.Apply(call.Op, [.. call.Arguments.Select(argument => Evaluate(argument, point))]),
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    private RandomStream Stream(RandomSite site) =>
        new(seed, step, site.Site, (uint)(Size(site.Occurrence) + site.Strides.Select((stride, loop) => Size(stride) * loops[loop]).Sum()));

    private long Address(Access access, Point point) =>
        Size(access.Offset) + access.OuterStrides.Select((stride, axis) => point.Outer[axis] * Size(stride)).Sum() + (point.Inner * Size(access.InnerStride));

    private long Size(Dim dim) => dim.Evaluate(name => dims[name]);

    private sealed record Point(Kernel Kernel, long[] Outer, long Inner, Dictionary<string, float> Locals);

    /// <summary>The intrinsic ops on single numbers.</summary>
    private static class Scalars
    {
        public static double Apply(ElementwiseOp op, float[] x) => op switch
        {
            Add => x[0] + x[1],
            Sub => x[0] - x[1],
            Mul => x[0] * x[1],
            Div => x[0] / x[1],
            Neg => -x[0],
            Exp => Math.Exp(x[0]),
            Log => Math.Log(x[0]),
            Sqrt => Math.Sqrt(x[0]),
            Tanh => Math.Tanh(x[0]),
            Sigmoid => 1 / (1 + Math.Exp(-x[0])),
            Erf => ErrorFunction(x[0]),
            NormalCdf => 0.5 * (1 + ErrorFunction(x[0] / Math.Sqrt(2))),
            Maximum => Math.Max(x[0], x[1]),
            Greater => x[0] > x[1] ? 1 : 0,
            GreaterEqual => x[0] >= x[1] ? 1 : 0,
            Less => x[0] < x[1] ? 1 : 0,
            LessEqual => x[0] <= x[1] ? 1 : 0,
            Equal => x[0] == x[1] ? 1 : 0,
            NotEqual => x[0] != x[1] ? 1 : 0,
            Where => x[0] != 0 ? x[1] : x[2],
            _ => throw new InvalidOperationException($"The interpreter does not know {op.Name}."),
        };

        /// <summary><c>erf x = 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!</c>, whose terms all have one sign.</summary>
        private static double ErrorFunction(double x)
        {
            if (!(Math.Abs(x) < 6))
            {
                return double.IsNaN(x) ? x : Math.Sign(x);
            }

            double sum = 0;
            double term = x;
            for (int n = 1; n < 200; n++)
            {
                sum += term;
                term *= 2 * x * x / ((2 * n) + 1);
            }

            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
    }
}
