namespace ModelGen.Gpu;

/// <summary>What is fused behind a matrix product.</summary>
public interface IGpuEpilogue
{
    /// <summary>Works on a finished element of the product.</summary>
    /// <param name="row">Its row, over all matrices of a batch.</param>
    /// <param name="column">Its column.</param>
    /// <param name="product">The element.</param>
    void Apply(int row, int column, float product);
}

/// <summary>What is fused behind a matrix product, with reductions over the rows of every column.</summary>
/// <typeparam name="TSums">What is reduced: a struct of <see langword="float"/> fields.</typeparam>
public interface IGpuEpilogue<TSums>
    where TSums : unmanaged
{
    /// <summary>The reductions of no rows.</summary>
    /// <returns>0 for sums, −∞ for maxima, 1 for products.</returns>
    TSums Begin();

    /// <summary>Works on a finished element of the product.</summary>
    /// <param name="row">Its row, over all matrices of a batch.</param>
    /// <param name="column">Its column.</param>
    /// <param name="product">The element.</param>
    /// <param name="sums">The column's reductions so far.</param>
    void Apply(int row, int column, float product, ref TSums sums);

    /// <summary>Combines the reductions of one column over different rows.</summary>
    /// <param name="sums">The reductions over the earlier rows; receives those over both.</param>
    /// <param name="other">The reductions over the later rows.</param>
    void Combine(ref TSums sums, TSums other);

    /// <summary>Stores a column's reductions over a block of rows.</summary>
    /// <param name="block">The block.</param>
    /// <param name="column">The column.</param>
    /// <param name="sums">The reductions.</param>
    void End(int block, int column, TSums sums);
}
