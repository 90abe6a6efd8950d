extern alias Runtime;
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelGen.Emit;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;
using Runtime::ModelGen.Cpu;
using Runtime::ModelGen.Entries;
using Xunit;

namespace ModelGen.Tests.Emit;

/// <summary>A printed and compiled kernel, to be run and compared with the interpreter.</summary>
internal sealed class KernelRun
{
    private const float Guard = 12345.678f;
    private const int GuardLength = 16;

    /// <summary>A device may divide and take roots with errors of a few units in the last place.</summary>
    private const double DeviceTolerance = 2e-5;
    private readonly Kernel kernel;
    private readonly MethodInfo method;
    private readonly DeviceRun device;

    public KernelRun(Kernel kernel)
    {
        this.kernel = kernel;
        ModelPlan plan = Ir.Plan(kernel);
        ProgramNames names = new(plan, [], program => program.Name + "Run", program => program.Name + "OnGpu");
        Text = CpuFile.Print(plan, names);
        Assembly assembly = Compiled.Load([Compiled.UserPart, Text, GpuFile.Print(plan, names)]);
        device = new DeviceRun(kernel, assembly);
        method = assembly.GetType("X.System.Net+Kernels", throwOnError: true)!
            .GetMethod(NameScope.Pascal(kernel.Name), BindingFlags.Static | BindingFlags.NonPublic)!;
    }

    public string Text { get; }

    /// <summary>Runs both on the same memory, and on the OpenCL device where there is one, <c>float[]</c> or <c>int[]</c> for each operand, and compares every operand but partial sums.</summary>
    public void Compare(Array[] operands, Dictionary<string, int>? dims = null, int[]? loops = null, int threads = 2, double tolerance = 2e-5)
    {
        const ulong seed = 42;
        const uint step = 7;
        Array[] expected = [.. operands.Select(operand => (Array)operand.Clone())];
        new Interpreter(expected, dims ?? [], loops ?? [], seed, step).Run(kernel);
        Compare(expected, Execute(operands, dims ?? [], loops ?? [], Frame(seed, step, threads)), tolerance);
        if (DeviceRun.Device is not null)
        {
            Compare(expected, device.Execute(operands, dims ?? [], loops ?? [], seed, step), Math.Max(tolerance, DeviceTolerance));
        }
    }

    private void Compare(Array[] expected, Array[] actual, double tolerance)
    {
        HashSet<int> partials = [.. KernelSums.Of(kernel).Select(sum => sum.Partials)];
        for (int operand = 0; operand < expected.Length; operand++)
        {
            if (!partials.Contains(operand) && expected[operand] is float[] numbers)
            {
                AssertClose(numbers, (float[])actual[operand], tolerance, kernel.Operands[operand].Name);
            }
        }
    }

    private static Frame Frame(ulong seed, uint step, int threads)
    {
        Frame frame = (Frame)Activator.CreateInstance(typeof(Frame), nonPublic: true)!;
        typeof(Frame).GetProperty(nameof(Runtime::ModelGen.Entries.Frame.Seed))!.SetValue(frame, seed);
        typeof(Frame).GetProperty(nameof(Runtime::ModelGen.Entries.Frame.Step))!.SetValue(frame, step);
        typeof(Frame).GetProperty(nameof(Runtime::ModelGen.Entries.Frame.Threads))!.SetValue(frame, threads);
        return frame;
    }

    private Array[] Execute(Array[] operands, Dictionary<string, int> dims, int[] loops, Frame frame)
    {
        Memory[] memories = [.. operands.Select(Memory.Of)];
        object[] arguments = [frame, .. memories.Select(memory => memory.Buffer), .. KernelDims.Of(kernel).Select(name => (object)dims[name]), .. loops.Cast<object>()];
        method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        return [.. memories.Select(memory => memory.Contents())];
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance, string name)
    {
        for (int index = 0; index < expected.Length; index++)
        {
            (double a, double b) = (expected[index], actual[index]);
            bool same = double.IsNaN(a) ? double.IsNaN(b) : a == b || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a));
            Assert.True(same, $"{name}[{index}] is {b}, expected {a}");
        }
    }

    /// <summary>Pinned memory between guards, which nobody may change.</summary>
    private sealed class Memory(Array pinned, int length, object buffer)
    {
        public object Buffer { get; } = buffer;

        public static unsafe Memory Of(Array values)
        {
            int length = values.Length;
            if (values is int[] integers)
            {
                int[] ints = GC.AllocateArray<int>(length + (2 * GuardLength), pinned: true);
                Array.Fill(ints, (int)Guard);
                integers.CopyTo(ints, GuardLength);
                fixed (int* start = ints)
                {
                    return new Memory(ints, length, new Buffer<int>(start + GuardLength));
                }
            }

            float[] floats = GC.AllocateArray<float>(length + (2 * GuardLength), pinned: true);
            Array.Fill(floats, Guard);
            values.CopyTo(floats, GuardLength);
            fixed (float* start = floats)
            {
                return new Memory(floats, length, new Buffer<float>(start + GuardLength));
            }
        }

        public Array Contents()
        {
            if (pinned is int[] ints)
            {
                return ints[GuardLength..^GuardLength];
            }

            float[] floats = (float[])pinned;
            Assert.All(floats[..GuardLength].Concat(floats[(GuardLength + length)..]), value => Assert.Equal(Guard, value));
            return floats[GuardLength..(GuardLength + length)];
        }
    }
}
