namespace ModelGen.Benchmarks.Works;

// The gradient that comes from above is a parameter that is not trained; a loss needs examples, too, of which there is one.

/// <summary>Softmax of rows of 1,024, forward and backward, 8 MB.</summary>
[Model]
public sealed partial class SoftmaxTraining8
{
    [Parameter(2048, 1024, Init = Init.Zeros)]
    private partial Tensor X { get; }

    [Parameter(2048, 1024, Init = Init.Zeros)]
    private partial Tensor Above { get; }

    [Loss(Trains = "X")]
    private Tensor Backward([Shape("batch")] Tensor offset) => Functional.Sum(Functional.Softmax(X) * Above) + Functional.Sum(offset);
}

/// <summary>Softmax of rows of 1,024, forward and backward, 256 MB.</summary>
[Model]
public sealed partial class SoftmaxTraining256
{
    [Parameter(65536, 1024, Init = Init.Zeros)]
    private partial Tensor X { get; }

    [Parameter(65536, 1024, Init = Init.Zeros)]
    private partial Tensor Above { get; }

    [Loss(Trains = "X")]
    private Tensor Backward([Shape("batch")] Tensor offset) => Functional.Sum(Functional.Softmax(X) * Above) + Functional.Sum(offset);
}

/// <summary>LayerNorm of rows of 1,024, forward and backward, 8 MB.</summary>
[Model]
public sealed partial class LayerNormTraining8
{
    [Parameter(2048, 1024, Init = Init.Zeros)]
    private partial Tensor Above { get; }

    private partial Normed8 Rows { get; }

    [Loss(Trains = "Rows")]
    private Tensor Backward([Shape("batch")] Tensor offset) => Rows.Backward(Above) + Functional.Sum(offset);
}

/// <summary>Rows of 1,024 and their LayerNorm, 8 MB.</summary>
[Module]
public sealed partial class Normed8
{
    [Parameter(2048, 1024, Init = Init.Zeros)]
    private partial Tensor X { get; }

    [LayerNorm]
    private partial Tensor Norm(Tensor x);

    [Forward]
    internal Tensor Backward([Shape(2048, 1024)] Tensor above) => Functional.Sum(Norm(X) * above);
}

/// <summary>LayerNorm of rows of 1,024, forward and backward, 256 MB.</summary>
[Model]
public sealed partial class LayerNormTraining256
{
    [Parameter(65536, 1024, Init = Init.Zeros)]
    private partial Tensor Above { get; }

    private partial Normed256 Rows { get; }

    [Loss(Trains = "Rows")]
    private Tensor Backward([Shape("batch")] Tensor offset) => Rows.Backward(Above) + Functional.Sum(offset);
}

/// <summary>Rows of 1,024 and their LayerNorm, 256 MB.</summary>
[Module]
public sealed partial class Normed256
{
    [Parameter(65536, 1024, Init = Init.Zeros)]
    private partial Tensor X { get; }

    [LayerNorm]
    private partial Tensor Norm(Tensor x);

    [Forward]
    internal Tensor Backward([Shape(65536, 1024)] Tensor above) => Functional.Sum(Norm(X) * above);
}

/// <summary>GELU, forward and backward, 8 MB.</summary>
[Model]
public sealed partial class GeluTraining8
{
    [Parameter(2048, 1024, Init = Init.Zeros)]
    private partial Tensor X { get; }

    [Parameter(2048, 1024, Init = Init.Zeros)]
    private partial Tensor Above { get; }

    [Loss(Trains = "X")]
    private Tensor Backward([Shape("batch")] Tensor offset) => Functional.Sum(Functional.Gelu(X) * Above) + Functional.Sum(offset);
}

/// <summary>GELU, forward and backward, 256 MB.</summary>
[Model]
public sealed partial class GeluTraining256
{
    [Parameter(65536, 1024, Init = Init.Zeros)]
    private partial Tensor X { get; }

    [Parameter(65536, 1024, Init = Init.Zeros)]
    private partial Tensor Above { get; }

    [Loss(Trains = "X")]
    private Tensor Backward([Shape("batch")] Tensor offset) => Functional.Sum(Functional.Gelu(X) * Above) + Functional.Sum(offset);
}

/// <summary>Dropout of a tenth, forward and backward, 8 MB.</summary>
[Model]
public sealed partial class DropoutTraining8
{
    [Parameter(2048, 1024, Init = Init.Zeros)]
    private partial Tensor X { get; }

    [Parameter(2048, 1024, Init = Init.Zeros)]
    private partial Tensor Above { get; }

    [Dropout(0.1)]
    private partial Tensor Drop(Tensor x);

    [Loss(Trains = "X")]
    private Tensor Backward([Shape("batch")] Tensor offset) => Functional.Sum(Drop(X) * Above) + Functional.Sum(offset);
}

/// <summary>Dropout of a tenth, forward and backward, 256 MB.</summary>
[Model]
public sealed partial class DropoutTraining256
{
    [Parameter(65536, 1024, Init = Init.Zeros)]
    private partial Tensor X { get; }

    [Parameter(65536, 1024, Init = Init.Zeros)]
    private partial Tensor Above { get; }

    [Dropout(0.1)]
    private partial Tensor Drop(Tensor x);

    [Loss(Trains = "X")]
    private Tensor Backward([Shape("batch")] Tensor offset) => Functional.Sum(Drop(X) * Above) + Functional.Sum(offset);
}
