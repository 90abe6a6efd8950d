using System;

namespace ModelGen.Gpu;

/// <summary>How many columns of each part stand in a tile.</summary>
internal interface IGpuPartsTile
{
    /// <summary>Gets the columns of a tile.</summary>
    static abstract int Columns { get; }

    /// <summary>Gets the columns of each part among them; what is left over stays empty.</summary>
    static abstract int Units { get; }

    /// <summary>Gets the number of parts.</summary>
    static abstract int Parts { get; }
}

/// <summary>Tiles in shared memory: their columns are read in fours, so that four that belong together are of one part.</summary>
internal readonly struct PartsOfTile<TTile, TEpilogue> : IGpuPartsTile
    where TTile : struct, IGpuTile<TTile>
    where TEpilogue : struct, IGpuPartsEpilogue
{
    public static int Columns => GpuTile<TTile>.Columns;

    public static int Units => GpuTile<TTile>.Columns / TEpilogue.Parts / 4 * 4;

    public static int Parts => TEpilogue.Parts;
}

/// <summary>The tile of a thread.</summary>
internal readonly struct PartsOfThread<TEpilogue> : IGpuPartsTile
    where TEpilogue : struct, IGpuPartsEpilogue
{
    public static int Columns => GpuThreadProduct.Columns;

    public static int Units => GpuThreadProduct.Columns / TEpilogue.Parts;

    public static int Parts => TEpilogue.Parts;
}

/// <summary>
/// A right factor whose columns are equal parts, in the order in which tiles hold them: some columns of the first part, the same of the second, and so on, then those of the next
/// tile. Lines of this order that do not exist are zeros, or another line that nobody reads.
/// </summary>
internal readonly struct GpuPartsFactor<TFactor, TParts>(TFactor factor, int width) : IGpuFactor
    where TFactor : struct, IGpuFactor
    where TParts : struct, IGpuPartsTile
{
    // A number of 8 bytes first, as it lies behind a struct that ends in padding, and the struct of others last: see GpuLayout.
    private readonly long width = width;
    private readonly TFactor factor = factor;

    public static bool IsAlongDepth => TFactor.IsAlongDepth;

    public int Lines => (Width + TParts.Units - 1) / TParts.Units * TParts.Columns;

    public int Depth => factor.Depth;

    /// <summary>Gets the columns of a part.</summary>
    public int Width => (int)width;

    public Strip4 Read(int batch, int line, int k, int end) => factor.Read(batch, LineOf(line), k, end);

    public float At(int batch, int line, int k) => factor.At(batch, Math.Min(LineOf(line), factor.Lines - 1), k);

    public float Apply(int batch, int line, int k, float value) => value;

    /// <summary>The factor's line, or the one behind its last.</summary>
    private int LineOf(int line)
    {
        int inTile = line % TParts.Columns;
        int part = inTile / TParts.Units;
        int column = (line / TParts.Columns * TParts.Units) + (inTile % TParts.Units);
        return part < TParts.Parts && column < Width ? (part * Width) + column : factor.Lines;
    }
}
