using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>What an optimizer remembers of a model: its slots, each as long as the parameters, and how often each parameter was
/// updated.</summary>
internal sealed class OptimizerState
{
    private readonly AlignedBuffer[] slots;

    public OptimizerState(Optimizer optimizer, ModelDescription description)
    {
        slots = new AlignedBuffer[optimizer.Slots];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = new AlignedBuffer(description.ParameterLength);
        }

        Steps = new long[description.Parameters.Length];
    }

    /// <summary>Gets the number of updates of each parameter of the description: losses that train different parameters may share an
    /// optimizer.</summary>
    public long[] Steps { get; }

    public Buffer<float> Slot(int index) => slots[index].Floats;
}
