using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>A product <c>[m, n] = Σ_k a[m, k] · b[k, n]</c>, where its factors lie, and how its rows are counted towards the epilogue.</summary>
internal readonly unsafe struct GemmOperands
{
    private const int FewLines = 4;

    internal GemmOperands(int m, int n, int k, float* a, bool transposeA, float* b, bool transposeB)
    {
        (M, N, K) = (m, n, k);
        TransposesA = transposeA;
        A = a;
        B = b;
        (ARow, ADepth) = transposeA ? (1, m) : (k, 1);
        (BDepth, BColumn) = transposeB ? (1, k) : (n, 1);
    }

    internal int M { get; private init; }

    internal int N { get; }

    internal int K { get; }

    /// <summary>Gets a value indicating whether the left factor lies in memory as [k, m].</summary>
    internal bool TransposesA { get; }

    internal float* A { get; private init; }

    internal nint ARow { get; init; }

    internal nint ADepth { get; init; }

    internal float* B { get; private init; }

    internal nint BDepth { get; }

    internal nint BColumn { get; }

    /// <summary>Gets the right factor's panels, or null where the product packs it by itself.</summary>
    internal float* PackedB { get; init; }

    /// <summary>Gets the number of equal parts of the columns whose panels lie together: see <see cref="PartPanels{V, TTile}"/>.</summary>
    internal int Parts { get; init; } = 1;

    /// <summary>Gets what makes the left factor of what lies in memory, or null where that is the factor.</summary>
    internal LeftReader? Reader { get; init; }

    /// <summary>Gets what is added to a row's index before the epilogue sees it: where an item of a batch begins.</summary>
    internal int FirstRow { get; private init; }

    /// <summary>Gets the block that the epilogue sees for every row, or −1 where blocks are counted by rows.</summary>
    internal int Block { get; private init; } = -1;

    /// <summary>Gets a value indicating whether depth lies side by side in both factors.</summary>
    internal bool HasDots => ADepth == 1 && BDepth == 1;

    /// <summary>Gets a value indicating whether one side is a few lines only: see <see cref="NarrowProduct{V, TEpilogue}"/>.</summary>
    internal bool IsNarrow => K > 0 && ((M <= FewLines && (BColumn == 1 || HasDots)) || (N <= FewLines && HasDots && Reader is null));

    /// <summary>Gets a value indicating whether too little is to be done for a second thread to help. A single line waits for the other factor to be read, and takes twice as long as its
    /// multiply-adds.</summary>
    internal bool IsSmall
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (long)M * N * K < (IsNarrow ? 1 << 16 : 1 << 17);
    }

    /// <summary>The same product, with the left factor as its reader makes it.</summary>
    /// <param name="memory">Receives the factor: room for m · k floats.</param>
    internal GemmOperands ReadInto(float* memory)
    {
        LeftLines lines = Reader!.Value.Read(this, 0, M, 0, K, memory);
        return this with { A = lines.First, ARow = lines.Line, ADepth = lines.Step, Reader = null };
    }

    /// <summary>Some rows of the product.</summary>
    internal GemmOperands Rows(int first, int count) => this with { A = A + (first * ARow), M = count };

    /// <summary>The product of one item of a batch.</summary>
    internal GemmOperands Item(int item, nint strideA, nint strideB, int block) => this with
    {
        A = A + (item * strideA),
        B = B + (item * strideB),
        FirstRow = item * M,
        Block = block,
    };
}
