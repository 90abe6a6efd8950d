namespace ModelGen.Gpu;

/// <summary>What kernels tell each other, and the host later, about the training of a model: a few numbers in the device's memory.</summary>
/// <param name="memory">See the constants.</param>
/// <param name="loss">Where the loss lies on which the work depends.</param>
internal readonly struct GpuTrainingStatus(GpuBuffer<float> memory, int loss)
{
    /// <summary>Where a number other than 0 says that a loss was not finite, so that nothing is to be changed any more.</summary>
    public const int Stopped = 0;

    /// <summary>Where the factor lies that clips gradients by their norm.</summary>
    public const int ClipScale = 1;

    /// <summary>Where the losses of the last calls lie, those of successive calls side by side.</summary>
    public const int FirstLoss = 2;

    private readonly GpuBuffer<float> memory = memory;

    // Wide enough that nothing is left open behind it: the struct lies within others.
    private readonly long loss = loss;

    /// <summary>In a kernel: whether nothing is to be changed any more, because this loss or one before is not finite.</summary>
    /// <remarks>All threads agree, whether or not they see what the first one notes for the kernels to come.</remarks>
    public bool Stops()
    {
        if (float.IsFinite(memory[(int)loss]))
        {
            return memory[Stopped] != 0f;
        }

        memory[Stopped] = 1f;
        return true;
    }

    /// <summary>In a kernel: the factor that clips gradients by their norm.</summary>
    public float Scale() => memory[ClipScale];

    /// <summary>In a kernel: sets that factor.</summary>
    public void SetScale(float scale) => memory[ClipScale] = scale;
}
