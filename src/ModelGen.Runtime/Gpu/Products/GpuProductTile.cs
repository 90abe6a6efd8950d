namespace ModelGen.Gpu;

/// <summary>Which tiles products are divided into.</summary>
internal enum GpuProductTile
{
    /// <summary>Each tile is one thread's, up to 64 × 16: <see cref="GpuThreadProduct{TA, TB, TEpilogue, TSums}"/>.</summary>
    Thread,

    /// <summary><see cref="LargeTile"/>.</summary>
    Large,

    /// <summary><see cref="MiddleTile"/>.</summary>
    Middle,

    /// <summary><see cref="TallTile"/>.</summary>
    Tall,

    /// <summary><see cref="WideTile"/>.</summary>
    Wide,
}
