using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using ILGPU.Runtime.OpenCL;
using ModelGen.Entries;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Calls of entries: inputs, outputs, arenas, checks.</summary>
public class GpuFrameTests(ITestOutputHelper output) : GpuTests(output)
{
    private static readonly Entry PickEntry = KernelCalls.Entry(
        "Pick", ["n"], [Describe.Floats("table", "10"), Describe.Ints("indices", "n")], [Describe.Floats("y", "n")]);

    [OpenClFact]
    public unsafe void IntegersAreCheckedBeforeAnythingIsCopied()
    {
        // One of its own: on the shared device the copies of other tests would fail.
        GpuAccelerator accelerator = OpenAnother();
        float[] table = [.. Enumerable.Range(0, 10).Select(i => 10f * i)];
        int[] indices = [3, 9, 0];
        float[] y = new float[3];
        GpuFrame frame = Begin(accelerator, PickEntry, 3);
        fixed (float* tableAt = table, yAt = y)
        fixed (int* indicesAt = indices)
        {
            frame.SetInput(0, tableAt);
            frame.SetInput(1, indicesAt);
            frame.SetOutput(0, yAt);
            frame.Run(Pick);
            Assert.Equal([30f, 90f, 0f], y);
            indices[2] = 10;
            accelerator.Fault = command => Assert.NotEqual(GpuCommand.Copy, command);
            ArgumentOutOfRangeException error = null!;
            try
            {
                frame.Run(Pick);
            }
            catch (ArgumentOutOfRangeException caught)
            {
                error = caught;
            }

            Assert.Contains("Pick: 'indices' holds 10 at position 2; its values must lie between 0 and 9.", error.Message, StringComparison.Ordinal);
        }
    }

    [OpenClFact]
    public void ADimensionThatIsTooShortIsAnError()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => KernelCalls.Run(Open(), [1f], 1, static frame => frame.CheckSize("n - 2 must not be negative", -1)));
        Assert.Contains("n - 2 must not be negative", error.Message, StringComparison.Ordinal);
    }

    [OpenClFact]
    public void CheckingFindsTheFirstValueThatIsNotFinite()
    {
        GpuAccelerator accelerator = Open();
        Entry entry = KernelCalls.Entry("Test", ["n"], [Describe.Floats("x", "n")], [Describe.Floats("y", "n")]);
        GpuFrame frame = Begin(accelerator, entry, 4);
        frame.Checking = true;
        frame.SuspectLoss = float.NaN;
        NonFiniteException error = Assert.Throws<NonFiniteException>(() => KernelCalls.Run(frame, CheckedLine, [1f, 2f, float.NaN, 4f], new float[4]));
        Assert.Equal("y = 2 x + 1", error.Kernel);
        Assert.Contains("its element 2 is NaN", error.Message, StringComparison.Ordinal);
        KernelCalls.Run(frame, CheckedLine, [1f, 2f, 3f, 4f], new float[4]);
    }

    [OpenClFact]
    public void ValuesMayStayOnTheDevice()
    {
        GpuAccelerator accelerator = Open();
        Entry entry = KernelCalls.Entry("Test", ["n"], [Describe.Floats("x", "n")], [Describe.Floats("y", "n")]);
        using GpuMemory memory = accelerator.Allocate(10);
        memory.Upload([0f, 1f, 2f, 3f, 4f]);
        GpuFrame frame = Begin(accelerator, entry, 3);
        frame.SetInput(0, memory, 1);
        frame.SetOutput(0, memory, 5);
        frame.Run(static frame => frame.Elements(new Kernels.Line(frame.Input(0), frame.Output(0)), 3));
        float[] values = new float[3];
        memory.Download(values, 5);
        Assert.Equal([3f, 5f, 7f], values);
    }

    [OpenClFact]
    public void TheArenaGrowsAndIsKept()
    {
        GpuAccelerator accelerator = Open();
        Entry entry = KernelCalls.Entry("Test", ["n"], [Describe.Floats("x", "n")], [Describe.Floats("y", "n")]);
        GpuFrame frame = Begin(accelerator, entry, 1);
        foreach (int length in (int[])[100, 10, 50_000, 1000])
        {
            float[] y = new float[length];
            frame.Begin(entry, [length], accelerator.Allocate(0), null);
            KernelCalls.Run(frame, frame => Twice(frame, length), [.. Enumerable.Repeat(1f, length)], y);
            Assert.All(y, value => Assert.Equal(7f, value));
        }

        frame.Release();
        Assert.Equal(0, frame.Reserve(0).View.Length);
    }

    [OpenClFact]
    public void KernelsOfEveryPathAreCompiledTogether()
    {
        GpuAccelerator accelerator = OpenAnother();
        Entry entry = KernelCalls.Entry("Test", ["n"], [Describe.Floats("x", "n")], [Describe.Floats("y", "n")]);
        GpuFrame frame = Begin(accelerator, entry, 3);
        int thread = Environment.CurrentManagedThreadId;
        var seen = new List<string>();
        EventHandler<KernelsCompilingEventArgs> listener = (_, progress) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                seen.Add(progress.ToString());
            }
        };
        Device.KernelsCompiling += listener;
        try
        {
            KernelCalls.Run(frame, static frame => frame.Elements(new Kernels.Line(frame.Input(0), frame.Output(0)), 3), [1f, 2f, 3f], new float[3]);
            seen.Clear();

            // The same sizes, other code.
            KernelCalls.Run(frame, static frame => TwoOthers(frame), [1f, 2f, 3f], new float[3]);
        }
        finally
        {
            Device.KernelsCompiling -= listener;
        }

        Assert.Equal("compiling kernels for Test: 0 of 2", seen[0]);
    }

    [OpenClFact]
    public void CallsFromManyThreadsTakeTurns()
    {
        GpuAccelerator accelerator = Open();
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            float[] y = KernelCalls.Run(accelerator, [.. Enumerable.Repeat((float)i, 1000)], 1000, frame => Twice(frame, 1000));
            Assert.All(y, value => Assert.Equal((4f * i) + 3f, value));
        });
    }

    [OpenClFact]
    public unsafe void ACallThatFailsWaitsForWhatItHasBegunToCopy()
    {
        GpuAccelerator accelerator = OpenAnother();
        const int Length = 1_000_000; // more than is staged
        Entry entry = KernelCalls.Entry("Test", ["n"], [Describe.Floats("x", "n")], [Describe.Floats("y", "n")]);
        GpuFrame frame = Begin(accelerator, entry, Length);
        frame.InputsStay = true;
        var commands = new List<GpuCommand>();
        accelerator.Fault = command =>
        {
            commands.Add(command);
            if (command == GpuCommand.Launch)
            {
                throw new CLException(CLError.CL_INVALID_WORK_GROUP_SIZE);
            }
        };
        Assert.Throws<DeviceException>(() => KernelCalls.Run(
            frame, static frame => frame.Elements(new Kernels.Line(frame.Input(0), frame.Output(0)), Length), new float[Length], new float[Length]));
        Assert.Equal([GpuCommand.Load, GpuCommand.Copy, GpuCommand.Launch, GpuCommand.Wait], commands);
    }

    [OpenClFact]
    public void ACallKeepsTheMemoryItWorksOn()
    {
        GpuAccelerator accelerator = OpenAnother();
        GpuFrame frame = BeginOnForgottenParameters(accelerator);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using GpuMemory next = accelerator.Allocate(1);
        float[] y = new float[2];
        KernelCalls.Run(frame, static frame => frame.Elements(new Kernels.Line(frame.Parameters, frame.Output(0)), 2), [0f, 0f], y);
        Assert.Equal([11f, 41f], y);
        frame.End();
        frame.Release();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using GpuMemory last = accelerator.Allocate(0);
        Assert.Equal(sizeof(float), accelerator.Allocated);
    }

    [OpenClFact]
    public void ACallAllocatesNothingOnceItsKernelsAndWorkspacesAreThere()
    {
        GpuAccelerator accelerator = Open();
        Entry entry = KernelCalls.Entry("Test", ["n"], [Describe.Floats("x", "n")], [Describe.Floats("y", "n")]);
        GpuFrame frame = Begin(accelerator, entry, 1000);
        float[] x = new float[1000];
        float[] y = new float[1000];
        GpuEntryCode code = static frame => Twice(frame, 1000);
        KernelCalls.Run(frame, code, x, y);
        KernelCalls.Run(frame, code, x, y);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            KernelCalls.Run(frame, code, x, y);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static GpuAccelerator OpenAnother() =>
        GpuPlatform.Devices.First(device => device.Info is { Kind: DeviceKind.OpenCl, Unusable: null }).OpenAnother();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GpuFrame BeginOnForgottenParameters(GpuAccelerator accelerator)
    {
        GpuMemory parameters = accelerator.Allocate(2);
        parameters.Upload([5f, 20f]);
        var frame = new GpuFrame(accelerator);
        frame.Begin(KernelCalls.Entry("Test", ["n"], [Describe.Floats("x", "n")], [Describe.Floats("y", "n")]), [2], parameters, null);
        return frame;
    }

    private static GpuFrame Begin(GpuAccelerator accelerator, Entry entry, params ReadOnlySpan<int> sizes)
    {
        var frame = new GpuFrame(accelerator);
        frame.Begin(entry, sizes, accelerator.Allocate(0), null);
        return frame;
    }

    private static void TwoOthers(GpuFrame frame)
    {
        frame.Elements(new Kernels.Function(frame.Input(0), frame.Output(0), 1), 3);
        frame.Elements(new Kernels.Uniform(frame.Output(0), default), 3);
    }

    private static void Pick(GpuFrame frame)
    {
        frame.CheckIndices(1, 10);
        frame.Elements(new Kernels.Pick(frame.Input(0), frame.IntInput(1), frame.Output(0)), frame.Dimension(0));
    }

    private static void CheckedLine(GpuFrame frame)
    {
        frame.Elements(new Kernels.Line(frame.Input(0), frame.Output(0)), 4);
        frame.Check("y = 2 x + 1", frame.Output(0), 4);
    }

    private static void Twice(GpuFrame frame, int length)
    {
        GpuBuffer<float> between = frame.Reserve(length);
        frame.Elements(new Kernels.Line(frame.Input(0), between), length);
        frame.Elements(new Kernels.Line(between, frame.Output(0)), length);
    }
}
