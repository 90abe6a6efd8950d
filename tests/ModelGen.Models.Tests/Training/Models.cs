using static ModelGen.Functional;

namespace ModelGen.Models.Tests.Training;

/// <summary>The network of <c>mlp-losses.json</c>.</summary>
[Model, Input("batch", 784)]
[Dense(128), Relu, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Mlp;

/// <summary>The network of the README, smaller.</summary>
[Model, Input("batch", 20)]
[Dense(48), Relu, Dropout(0.25), Dense(32), Tanh, Dense(5)]
[SoftmaxCrossEntropy]
public sealed partial class Digits;

/// <summary>Two classes, told apart by the sign of one score.</summary>
[Model, Input("batch", 2)]
[Dense(1)]
[BinaryCrossEntropy]
public sealed partial class Halves;

/// <summary>A regression with two metrics, of one of which the mean over batches is checked by hand.</summary>
[Model]
public sealed partial class Curve
{
    [Dense(16, Activation = Activation.Tanh)] private partial Tensor Hidden(Tensor x);

    [Dense(1)] private partial Tensor Out(Tensor x);

    [Forward]
    private Tensor Predict([Shape("batch", 1)] Tensor x) => Out(Hidden(x));

    [Loss]
    private static Tensor Loss(Tensor predict, [Shape("batch", 1)] Tensor y) => Mse(predict, y);

    [Metric]
    private static Tensor Bias(Tensor predict, [Shape("batch", 1)] Tensor y) => Mean(predict - y);

    [Metric]
    private static Tensor AbsoluteError(Tensor predict, [Shape("batch", 1)] Tensor y) => Mean(Maximum(predict - y, y - predict));
}

/// <summary>A classifier of every position of a sequence: two open dimensions, one of which is not the batch.</summary>
[Model]
public sealed partial class Tagger
{
    [Dense(24, Activation = Activation.Gelu)] private partial Tensor Widen(Tensor x);

    [LayerNorm] private partial Tensor Norm(Tensor x);

    [Dropout(0.1)] private partial Tensor Drop(Tensor x);

    [Dense(6)] private partial Tensor Tag(Tensor x);

    [Forward]
    private Tensor Predict([Shape("batch", "time", 12)] Tensor x) => Tag(Drop(Norm(Widen(x)) + Mean(x, -1, keepDims: true)));

    [Loss]
    private static Tensor Loss(Tensor predict, [Shape("batch", "time")] Tensor<int> tags) => SoftmaxCrossEntropy(predict, tags);
}
