namespace ModelGen.Gpu;

/// <summary>A kernel over single elements: one thread works on one of them.</summary>
public interface IGpuElementKernel
{
    /// <summary>Works on an element.</summary>
    /// <param name="index">The element.</param>
    void Run(int index);
}
