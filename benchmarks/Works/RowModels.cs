namespace ModelGen.Benchmarks.Works;

/// <summary>Softmax of rows of 1,024.</summary>
[Model]
public sealed partial class SoftmaxRows
{
    [Forward]
    private static Tensor Forward([Shape("rows", 1024)] Tensor x) => Functional.Softmax(x);
}

/// <summary>LayerNorm of rows of 1,024.</summary>
[Model]
public sealed partial class LayerNormRows
{
    [LayerNorm]
    private partial Tensor Norm(Tensor x);

    [Forward]
    private Tensor Forward([Shape("rows", 1024)] Tensor x) => Norm(x);
}

/// <summary>GELU of every element.</summary>
[Model]
public sealed partial class GeluRows
{
    [Forward]
    private static Tensor Forward([Shape("rows", 1024)] Tensor x) => Functional.Gelu(x);
}
