namespace ModelGen.Gpu;

/// <summary>An epilogue without reductions as one that has none to do.</summary>
internal readonly struct WithoutSums<TEpilogue>(TEpilogue epilogue) : IGpuEpilogue<WithoutSums<TEpilogue>.None>
    where TEpilogue : struct, IGpuEpilogue
{
    private readonly TEpilogue epilogue = epilogue;

    public None Begin() => default;

    public void Apply(int row, int column, float product, ref None sums) => epilogue.Apply(row, column, product);

    public void Combine(ref None sums, None other)
    {
    }

    public void End(int block, int column, None sums)
    {
    }

    /// <summary>A column's reductions: none. A struct in shared memory needs a size.</summary>
    public readonly record struct None(int Nothing);
}
