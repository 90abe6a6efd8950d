using System;
using System.Collections.Generic;
using System.Globalization;
using ModelGen.Entries;

namespace ModelGen.Gpu;

/// <content>A call: where its values lie on the host and on the device.</content>
public sealed partial class GpuFrame
{
    // Every tensor begins where a device loads 16 numbers at once.
    private const int Alignment = 64;
    private readonly GpuAccelerator? accelerator;
    private readonly int[] dimensions = new int[Frame.MaxDimensions];
    private readonly Argument[] inputs = new Argument[Frame.MaxTensors];
    private readonly Argument[] outputs = new Argument[Frame.MaxTensors];
    private GpuMemory? arena;
    private GpuMemory? scratch;
    private GpuMemory? arguments;
    private Entry? entry;
    private bool isRunning;

    // Kept for as long as the call: a model that nobody has any more would else lose its memory to the call's next allocation.
    private GpuMemory? parameterMemory;
    private GpuMemory? gradientMemory;

    /// <summary>Initializes a new instance of the <see cref="GpuFrame"/> class.</summary>
    /// <param name="accelerator">The device; null for a frame that can only list kernels.</param>
    /// <param name="capabilities">What decides between variants of kernels.</param>
    internal GpuFrame(GpuAccelerator? accelerator, GpuCapabilities capabilities) => (this.accelerator, Capabilities) = (accelerator, capabilities);

    /// <summary>Initializes a new instance of the <see cref="GpuFrame"/> class.</summary>
    /// <param name="accelerator">The device.</param>
    internal GpuFrame(GpuAccelerator accelerator)
        : this(accelerator, accelerator.Capabilities)
    {
    }

    /// <summary>Gets what decides between variants of kernels.</summary>
    internal GpuCapabilities Capabilities { get; }

    /// <summary>Gets the loss that made the model repeat a step with <see cref="Checking"/>.</summary>
    internal float SuspectLoss { get; set; }

    /// <summary>Gets what was not finite before the first kernel, as a sentence; empty for nothing.</summary>
    internal string SuspectCause { get; set; } = string.Empty;

    /// <summary>Gets or sets a value indicating whether the inputs on the host stay in place and unchanged until the caller waits: then nobody has to wait for a large one's copy.</summary>
    internal bool InputsStay { get; set; }

    /// <summary>Gets the entry of this call.</summary>
    internal Entry Entry => entry ?? throw new InvalidOperationException("The frame has no call.");

    internal ReadOnlySpan<int> Dimensions => dimensions.AsSpan(0, Entry.Dimensions.Length);

    private string Name => entry?.Name ?? "the call";

    /// <summary>Starts a call. Then come the addresses of all inputs and outputs, <see cref="Run"/> and <see cref="End"/>.</summary>
    internal void Begin(Entry called, ReadOnlySpan<int> sizes, GpuMemory parameters, GpuMemory? gradients)
    {
        ThrowIfRunning();
        entry = called;
        sizes.CopyTo(dimensions);
        parameterMemory = parameters;
        Parameters = parameters.Floats;
        SetGradients(gradients);
        Checking = InputsStay = false;
        PlaceArguments();
    }

    /// <summary>Says where a training call leaves the gradients.</summary>
    internal void SetGradients(GpuMemory? gradients) => (gradientMemory, Gradients) = (gradients, gradients?.Floats ?? default);

    /// <summary>Whoever holds the gate is in no call of this frame, unless a call has let a handler of the user's run.</summary>
    /// <exception cref="InvalidOperationException">It has.</exception>
    internal void ThrowIfRunning()
    {
        if (isRunning)
        {
            throw new InvalidOperationException(
                $"A call of '{Name}' is compiling its kernels. A handler of {nameof(Device)}.{nameof(Device.KernelsCompiling)} must neither call nor dispose of that "
                + "model: let it note how far compiling is, and use the model once the call has returned.");
        }
    }

    /// <summary>Forgets the caller's and the model's memory.</summary>
    internal void End()
    {
        GC.KeepAlive(parameterMemory);
        GC.KeepAlive(gradientMemory);
        parameterMemory = gradientMemory = null;
        Parameters = Gradients = default;
        Array.Clear(inputs);
        Array.Clear(outputs);
        entry = null;
    }

    /// <summary>Gives up the device's memory.</summary>
    internal void Release()
    {
        arena?.Dispose();
        scratch?.Dispose();
        splits?.Dispose();
        arguments?.Dispose();
        arena = scratch = splits = arguments = null;
    }

    /// <summary>An input on the host, pinned during <see cref="Run"/>.</summary>
    internal unsafe void SetInput(int index, void* start) => inputs[index].Host = (nint)start;

    /// <summary>An input that is on the device already. Indices in it have been checked.</summary>
    internal void SetInput(int index, GpuMemory memory, long offset = 0) => inputs[index].SetDevice(memory, offset);

    /// <summary>An output that goes to the host, pinned during <see cref="Run"/>; null for one that nobody wants.</summary>
    internal unsafe void SetOutput(int index, void* start) => outputs[index].Host = (nint)start;

    /// <summary>An output that stays on the device: <see cref="Run"/> does not wait for it.</summary>
    internal void SetOutput(int index, GpuMemory memory, long offset = 0) => outputs[index].SetDevice(memory, offset);

    /// <summary>Runs an entry: lists its kernels, compiles what the device does not have, starts them and copies the outputs that the host wants.</summary>
    /// <remarks>Waits for the device only where an output goes to the host, and where the call fails: what it has begun to copy is the caller's again.</remarks>
    /// <param name="code">The entry's code.</param>
    /// <param name="following">Kernels of others that follow the call: whichever of them the device does not have are compiled together with the entry's.</param>
    internal void Run(GpuEntryCode code, IReadOnlyCollection<GpuKernel>? following = null)
    {
        GpuAccelerator device = accelerator ?? throw new InvalidOperationException("The frame has no device.");
        lock (device.Gate)
        {
            isRunning = true;
            try
            {
                RunNow(device, code, following ?? []);
            }
            finally
            {
                isRunning = false;
            }
        }
    }

    internal void Launch<T>(GpuKernel<T> kernel, int groupsX, int groupsY, int threads, in T arguments)
        where T : struct
    {
        if (recorded is not null)
        {
            recorded.Add(kernel);
        }
        else
        {
            accelerator!.Launch(kernel, groupsX, groupsY, threads, arguments);
        }
    }

    private void RunNow(GpuAccelerator device, GpuEntryCode code, IReadOnlyCollection<GpuKernel> following)
    {
        if (IsNew(code))
        {
            device.Prepare([.. Record(code), .. following], Name);
        }
        else if (following.Count > 0)
        {
            device.Prepare([.. following], Name);
        }

        foreach (ref Argument input in inputs.AsSpan())
        {
            input.IsUploaded = false;
        }

        try
        {
            Start(device, code);
        }
        catch
        {
            device.Drain();
            throw;
        }
    }

    private void Start(GpuAccelerator device, GpuEntryCode code)
    {
        code(this);
        if (Download(device))
        {
            device.Synchronize();
        }
        else
        {
            device.Flush();
        }
    }

    /// <summary>One piece of device memory holds all inputs and outputs, each in a place of its own.</summary>
    private void PlaceArguments()
    {
        long used = 0;
        Array.Clear(inputs);
        Array.Clear(outputs);
        for (int i = 0; i < Entry.Inputs.Length; i++)
        {
            used = Place(ref inputs[i], Entry.Inputs[i], used);
        }

        for (int i = 0; i < Entry.Outputs.Length; i++)
        {
            used = Place(ref outputs[i], Entry.Outputs[i], used);
        }

        Grow(ref arguments, used, "inputs and outputs");
    }

    private long Place(ref Argument argument, TensorDescription tensor, long used)
    {
        argument.Count = tensor.Count(Entry.Dimensions, Dimensions);
        argument.Offset = used;
        return (used + argument.Count + Alignment - 1) / Alignment * Alignment;
    }

    private unsafe Argument Upload(int index)
    {
        ref Argument input = ref inputs[index];
        if (IsRecording || input.Count == 0)
        {
            return default;
        }

        if (input.Host != 0 && !input.IsUploaded)
        {
            if (InputsStay && input.Count * sizeof(float) > GpuStaging.Most)
            {
                arguments!.StartUpload(input.Host, input.Offset, input.Count);
            }
            else
            {
                arguments!.Upload(new ReadOnlySpan<float>((void*)input.Host, checked((int)input.Count)), input.Offset);
            }

            input.Device = arguments;
            input.IsUploaded = true;
        }

        return input;
    }

    private GpuBuffer<float> Place(int index)
    {
        ref Argument output = ref outputs[index];
        return IsRecording || output.Count == 0 ? default : (output.Device ?? arguments!).Floats.At(output.Offset);
    }

    private unsafe bool Download(GpuAccelerator device)
    {
        bool any = false;
        for (int i = 0; i < Entry.Outputs.Length; i++)
        {
            ref Argument output = ref outputs[i];
            if (output.Host != 0 && output.Count > 0)
            {
                arguments!.StartDownload(output.Host, output.Offset, output.Count);
                any = true;
            }
        }

        return any;
    }

    /// <summary>Memory of at least a length. A longer one takes the place of a shorter one; kernels that were started before still find the latter.</summary>
    private GpuBuffer<float> Grow(ref GpuMemory? memory, long length, string purpose)
    {
        if (IsRecording || accelerator is null)
        {
            return default;
        }

        if (memory is null || memory.Length < length)
        {
            memory?.Dispose();
            memory = null;
            memory = accelerator.Allocate(length, string.Create(CultureInfo.InvariantCulture, $"{purpose} of {Name}"));
        }

        return memory.Floats;
    }

    private unsafe void Search(string kernel, GpuBuffer<float> values, long count)
    {
        float[] copy = new float[count];
        accelerator!.Read(values, copy);
        fixed (float* start = copy)
        {
            if (HostChecks.NotFinite(new(start), count) is nint found)
            {
                throw NonFiniteException.InKernel(SuspectLoss, Step + 1L, SuspectCause, kernel, found, copy[found]);
            }
        }
    }

    private void FinishSome(int parts, ReadOnlySpan<GpuSum> sums)
    {
        int groups = 1;
        foreach (GpuSum sum in sums)
        {
            groups = Math.Max(groups, sum.Groups);
        }

        GpuSum At(int index, ReadOnlySpan<GpuSum> all) => index < all.Length ? all[index] : default;
        Launch(
            GpuFinish.Kernel,
            groups,
            1,
            GpuGrid.Threads,
            new(parts, At(0, sums), At(1, sums), At(2, sums), At(3, sums)));
    }

    /// <summary>A tensor of the call.</summary>
    private struct Argument
    {
        public nint Host;
        public GpuMemory? Device;
        public long Offset;
        public long Count;
        public bool IsUploaded;

        public readonly GpuBuffer<float> Floats => Device?.Floats.At(Offset) ?? default;

        public readonly GpuBuffer<int> Ints => Device?.Ints.At(Offset) ?? default;

        public void SetDevice(GpuMemory memory, long offset) => (Host, Device, Offset) = (0, memory, offset);
    }
}
