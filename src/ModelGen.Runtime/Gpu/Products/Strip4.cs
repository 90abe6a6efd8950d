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
        GpuMultiplyAdd.Of(factor, strip.X, X),
        GpuMultiplyAdd.Of(factor, strip.Y, Y),
        GpuMultiplyAdd.Of(factor, strip.Z, Z),
        GpuMultiplyAdd.Of(factor, strip.W, W));
}
