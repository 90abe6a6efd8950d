using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelGen.Entries;

/// <summary>The caller's memory for one call of an entry: sizes of the open dimensions, inputs and outputs, each in the entry's order.</summary>
/// <remarks>
/// <code>
/// var arguments = new EntryArguments();
/// arguments.Add(batch);
/// arguments.Input(x);
/// arguments.Output(predict);
/// Run(PredictEntry, in arguments);
/// </code>
/// </remarks>
public ref struct EntryArguments
{
    private DimensionSizes sizes;
    private int sizeCount;
    private int inputCount;
    private int outputCount;
    private int intInputs;
    private int intOutputs;
    private ReadOnlySpan<float> input0, input1, input2, input3, input4, input5, input6, input7;
    private Span<float> output0, output1, output2, output3, output4, output5, output6, output7;

    /// <summary>Adds the size of the next open dimension.</summary>
    /// <param name="dimension">The size.</param>
    public void Add(int dimension) => sizes[sizeCount++] = dimension;

    /// <summary>Adds the next input.</summary>
    /// <param name="values">The values in row-major order.</param>
    public void Input(ReadOnlySpan<float> values)
    {
        switch (inputCount++)
        {
            case 0: input0 = values; break;
            case 1: input1 = values; break;
            case 2: input2 = values; break;
            case 3: input3 = values; break;
            case 4: input4 = values; break;
            case 5: input5 = values; break;
            case 6: input6 = values; break;
            case 7: input7 = values; break;
            default: throw TooMany("inputs");
        }
    }

    /// <summary>Adds the next input, one of integers.</summary>
    /// <param name="values">The values in row-major order.</param>
    public void Input(ReadOnlySpan<int> values)
    {
        intInputs |= 1 << inputCount;
        Input(MemoryMarshal.Cast<int, float>(values));
    }

    /// <summary>Adds the memory of the next output.</summary>
    /// <param name="values">Where the values go, in row-major order.</param>
    public void Output(Span<float> values)
    {
        switch (outputCount++)
        {
            case 0: output0 = values; break;
            case 1: output1 = values; break;
            case 2: output2 = values; break;
            case 3: output3 = values; break;
            case 4: output4 = values; break;
            case 5: output5 = values; break;
            case 6: output6 = values; break;
            case 7: output7 = values; break;
            default: throw TooMany("outputs");
        }
    }

    /// <summary>Adds the memory of the next output, one of integers.</summary>
    /// <param name="values">Where the values go, in row-major order.</param>
    public void Output(Span<int> values)
    {
        intOutputs |= 1 << outputCount;
        Output(MemoryMarshal.Cast<int, float>(values));
    }

    [UnscopedRef]
    internal readonly ReadOnlySpan<int> Sizes => ((ReadOnlySpan<int>)sizes)[..sizeCount];

    /// <summary>Compares numbers, types and lengths with what the entry expects.</summary>
    internal readonly void Check(Entry entry)
    {
        ArgumentCheck.Counts(entry, sizeCount, inputCount, outputCount);
        ArgumentCheck.Sizes(entry, Sizes);
        for (int i = 0; i < inputCount; i++)
        {
            ArgumentCheck.Tensor(entry, entry.Inputs[i], Sizes, TypeAt(intInputs, i), InputAt(i).Length);
        }

        for (int i = 0; i < outputCount; i++)
        {
            ArgumentCheck.Tensor(entry, entry.Outputs[i], Sizes, TypeAt(intOutputs, i), OutputAt(i).Length);
            CheckApart(entry, i);
        }
    }

    /// <summary>Kernels write outputs before they have read all inputs.</summary>
    private readonly void CheckApart(Entry entry, int output)
    {
        for (int i = 0; i < inputCount; i++)
        {
            ArgumentCheck.Apart(entry, entry.Outputs[output], OutputAt(output), entry.Inputs[i], InputAt(i));
        }

        for (int i = 0; i < output; i++)
        {
            ArgumentCheck.Apart(entry, entry.Outputs[output], OutputAt(output), entry.Outputs[i], OutputAt(i));
        }
    }

    /// <summary>Whether there is nothing to compute: an open dimension is 0 and so is every output's length.</summary>
    internal readonly bool IsEmpty()
    {
        if (!Sizes.Contains(0))
        {
            return false;
        }

        for (int i = 0; i < outputCount; i++)
        {
            if (OutputAt(i).Length != 0)
            {
                throw new ArgumentOutOfRangeException(null, "An open dimension is 0, but the outputs are not empty.");
            }
        }

        return true;
    }

    /// <summary>Runs a call while all of the caller's memory is pinned.</summary>
    internal readonly unsafe void Run<TCall>(TCall call)
        where TCall : struct, IEntryCall
    {
        fixed (float* i0 = input0, i1 = input1, i2 = input2, i3 = input3, i4 = input4, i5 = input5, i6 = input6, i7 = input7)
        fixed (float* o0 = output0, o1 = output1, o2 = output2, o3 = output3, o4 = output4, o5 = output5, o6 = output6, o7 = output7)
        {
            float** inputs = stackalloc float*[] { i0, i1, i2, i3, i4, i5, i6, i7 };
            float** outputs = stackalloc float*[] { o0, o1, o2, o3, o4, o5, o6, o7 };
            for (int i = 0; i < inputCount; i++)
            {
                call.SetInput(i, inputs[i]);
            }

            for (int i = 0; i < outputCount; i++)
            {
                call.SetOutput(i, outputs[i]);
            }

            call.Run();
        }
    }

    private static ElementType TypeAt(int ints, int index) => (ints & (1 << index)) != 0 ? ElementType.Int : ElementType.Float;

    private readonly ReadOnlySpan<float> InputAt(int index) => index switch
    {
        0 => input0,
        1 => input1,
        2 => input2,
        3 => input3,
        4 => input4,
        5 => input5,
        6 => input6,
        _ => input7,
    };

    private readonly Span<float> OutputAt(int index) => index switch
    {
        0 => output0,
        1 => output1,
        2 => output2,
        3 => output3,
        4 => output4,
        5 => output5,
        6 => output6,
        _ => output7,
    };

    private static InvalidOperationException TooMany(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"An entry has at most {Frame.MaxTensors} {what}."));

    [InlineArray(Frame.MaxDimensions)]
    private struct DimensionSizes
    {
        private int first;
    }
}
