namespace ModelGen.Gpu;

/// <summary>Four floats in a row: what a device reads or writes at once.</summary>
internal readonly struct Strip4(float x, float y, float z, float w)
{
    public readonly float X = x;
    public readonly float Y = y;
    public readonly float Z = z;
    public readonly float W = w;

    /// <summary><c>this + factor · strip</c></summary>
    public Strip4 Plus(float factor, Strip4 strip) => new(
        GpuRounding.Accumulate(factor, strip.X, X),
        GpuRounding.Accumulate(factor, strip.Y, Y),
        GpuRounding.Accumulate(factor, strip.Z, Z),
        GpuRounding.Accumulate(factor, strip.W, W));
}
