using System;
using System.Collections.Immutable;

namespace ModelGen.Ops;

/// <summary>Every op that users can name, as a word of <c>ModelGen.Functional</c>, a layer or a loss: a line each.</summary>
internal static class OpCatalog
{
    public static ImmutableArray<Op> Ops { get; } =
    [
        // Elementwise
        Catalog<Add>.Op,
        Catalog<Sub>.Op,
        Catalog<Mul>.Op,
        Catalog<Div>.Op,
        Catalog<Neg>.Op,
        Catalog<Abs>.Op,
        Catalog<Sign>.Op,
        Catalog<Floor>.Op,
        Catalog<Ceil>.Op,
        Catalog<Round>.Op,
        Catalog<Square>.Op,
        Catalog<Rsqrt>.Op,
        Catalog<Exp>.Op,
        Catalog<Expm1>.Op,
        Catalog<Log>.Op,
        Catalog<Log1p>.Op,
        Catalog<Pow>.Op,
        Catalog<Sin>.Op,
        Catalog<Cos>.Op,
        Catalog<Sqrt>.Op,
        Catalog<Erf>.Op,
        Catalog<Tanh>.Op,
        Catalog<Sigmoid>.Op,
        Catalog<Relu>.Op,
        Catalog<Gelu>.Op,
        Catalog<Silu>.Op,
        Catalog<Mish>.Op,
        Catalog<LeakyRelu>.Op,
        Catalog<Elu>.Op,
        Catalog<Selu>.Op,
        Catalog<Softplus>.Op,
        Catalog<HardSigmoid>.Op,
        Catalog<HardSwish>.Op,
        Catalog<Clamp>.Op,
        Catalog<Maximum>.Op,
        Catalog<Minimum>.Op,
        Catalog<Where>.Op,
        Catalog<Greater>.Op,
        Catalog<GreaterEqual>.Op,
        Catalog<Less>.Op,
        Catalog<LessEqual>.Op,
        Catalog<Equal>.Op,
        Catalog<NotEqual>.Op,

        // Reductions
        Catalog<Sum>.Op,
        Catalog<Mean>.Op,
        Catalog<Max>.Op,
        Catalog<Min>.Op,
        Catalog<Prod>.Op,
        Catalog<Var>.Op,
        Catalog<LogSumExp>.Op,
        Catalog<Norm>.Op,
        Catalog<ArgMax>.Op,
        Catalog<ArgMin>.Op,
        Catalog<Softmax>.Op,
        Catalog<LogSoftmax>.Op,
        Catalog<CumSum>.Op,

        // Shapes
        Catalog<Reshape>.Op,
        Catalog<Permute>.Op,
        Catalog<Concat>.Op,
        Catalog<Slice>.Op,
        Catalog<Split>.Op,
        Catalog<Transpose>.Op,
        Catalog<Flatten>.Op,
        Catalog<Squeeze>.Op,
        Catalog<Unsqueeze>.Op,
        Catalog<Expand>.Op,
        Catalog<Stack>.Op,
        Catalog<Pad>.Op,
        Catalog<Flip>.Op,
        Catalog<Tile>.Op,
        Catalog<OneHot>.Op,
        Catalog<Tril>.Op,
        Catalog<Triu>.Op,
        Catalog<Gather>.Op,
        Catalog<Scatter>.Op,
        Catalog<IndexSelect>.Op,
        Catalog<StopGradient>.Op,

        // Linear
        Catalog<MatMul>.Op,
        Catalog<Einsum>.Op,

        // Layers
        Catalog<Dense>.Op,
        Catalog<Dropout>.Op,
        Catalog<Embedding>.Op,
        Catalog<Position>.Op,
        Catalog<Rnn>.Op,
        Catalog<Gru>.Op,
        Catalog<Lstm>.Op,
        Catalog<LayerNorm>.Op,
        Catalog<RmsNorm>.Op,

        // Loops
        Catalog<Scan>.Op,

        // Losses
        Catalog<SoftmaxCrossEntropy>.Op,
        Catalog<Mse>.Op,
        Catalog<Mae>.Op,
        Catalog<Huber>.Op,
        Catalog<Hinge>.Op,
        Catalog<BinaryCrossEntropy>.Op,
        Catalog<Focal>.Op,
        Catalog<KlDivergence>.Op,
        Catalog<GaussianNll>.Op,
        Catalog<CosineEmbedding>.Op,
        Catalog<Triplet>.Op,
    ];

    private static ImmutableDictionary<string, Op> ByName { get; } = Ops.ToImmutableDictionary(op => op.Name, StringComparer.Ordinal);

    /// <summary>The op of a name, or null.</summary>
    public static Op? Find(string name) => ByName.TryGetValue(name, out Op? op) ? op : null;
}
