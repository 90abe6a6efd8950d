namespace ModelGen.Gpu;

/// <summary>4 × 4 elements of a product that a thread sums up in registers.</summary>
internal readonly struct Block4(Strip4 row0, Strip4 row1, Strip4 row2, Strip4 row3)
{
    public readonly Strip4 Row0 = row0;
    public readonly Strip4 Row1 = row1;
    public readonly Strip4 Row2 = row2;
    public readonly Strip4 Row3 = row3;

    /// <summary><c>this[i, j] + a[i] · b[j]</c></summary>
    public Block4 Plus(Strip4 a, Strip4 b) => new(Row0.Plus(a.X, b), Row1.Plus(a.Y, b), Row2.Plus(a.Z, b), Row3.Plus(a.W, b));
}
