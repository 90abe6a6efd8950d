using System;
using ModelGen.Reference;

namespace ModelGen;

/// <content>Losses: one number, the mean over all elements or positions.</content>
public static partial class Functional
{
    /// <summary>The mean over all positions of <c>−logSoftmax(logits)[target]</c>.</summary>
    /// <param name="logits">Unnormalised scores <c>[.., classes]</c>.</param>
    /// <param name="target">The index of the right class at each position, <c>[..]</c>.</param>
    /// <param name="labelSmoothing">The share ε of the target that is spread over all classes: the loss is <c>(1 − ε)</c> of the above and ε of its mean over all
    /// classes in the target's place (Szegedy et al. 2016).</param>
    /// <param name="ignoreIndex">A target, such as −100, whose positions count nowhere: the mean is over all others, NaN where there are none. Unlike in PyTorch,
    /// nothing is ignored unless this says so.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not the index of a class, or <paramref name="labelSmoothing"/> does not lie between 0 and 1.</exception>
    public static Tensor SoftmaxCrossEntropy(Tensor logits, Tensor<int> target, double labelSmoothing = 0, int ignoreIndex = int.MinValue) =>
        Tensor.Apply(new SoftmaxCrossEntropy(target.Array, labelSmoothing, ignoreIndex), logits);

    /// <summary>The same with a weight for each class: the mean of <c>−weight[target] · logSoftmax(logits)[target]</c>, divided by the mean of <c>weight[target]</c>.</summary>
    /// <param name="logits">Unnormalised scores <c>[.., classes]</c>.</param>
    /// <param name="target">The index of the right class at each position, <c>[..]</c>.</param>
    /// <param name="weight">The weights, <c>[classes]</c>; they have no gradient.</param>
    /// <param name="labelSmoothing">The share of the target that is spread over all classes, each with its weight.</param>
    /// <param name="ignoreIndex">A target whose positions count nowhere.</param>
    /// <inheritdoc cref="SoftmaxCrossEntropy(Tensor, Tensor{int}, double, int)"/>
    public static Tensor SoftmaxCrossEntropy(Tensor logits, Tensor<int> target, Tensor weight, double labelSmoothing = 0, int ignoreIndex = int.MinValue) =>
        Tensor.Apply(new SoftmaxCrossEntropy(target.Array, labelSmoothing, ignoreIndex), logits, weight);

    /// <summary>The mean of <c>(prediction − target)²</c> over all elements.</summary>
    /// <param name="prediction">Any tensor.</param>
    /// <param name="target">A tensor of the same shape, or a number.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Mse(Tensor prediction, Tensor target) => Tensor.Apply(new MeanError<SquaredError>(nameof(Mse)), prediction, target);

    /// <summary>The mean of <c>|prediction − target|</c> over all elements; the gradient at 0 is 0.</summary>
    /// <inheritdoc cref="Mse"/>
    public static Tensor Mae(Tensor prediction, Tensor target) => Tensor.Apply(new MeanError<AbsoluteError>(nameof(Mae)), prediction, target);

    /// <summary>The mean of <c>d² / 2</c> where <c>|d| ≤ delta</c>, else of <c>delta · (|d| − delta/2)</c>, with <c>d = prediction − target</c> (Huber 1964).</summary>
    /// <param name="prediction">Any tensor.</param>
    /// <param name="target">A tensor of the same shape, or a number.</param>
    /// <param name="delta">Where the loss becomes a line; above 0.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not above 0.</exception>
    public static Tensor Huber(Tensor prediction, Tensor target, double delta = 1) => Tensor.Apply(new Huber(delta), prediction, target);

    /// <summary>The mean of <c>max(0, 1 − prediction · target)</c> over all elements, for decisions between two classes.</summary>
    /// <param name="prediction">Any tensor: above 0 for the one class, below for the other.</param>
    /// <param name="target">A tensor of the same shape that holds 1 and −1, or a number.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Hinge(Tensor prediction, Tensor target) => Tensor.Apply(new MeanError<HingeError>(nameof(Hinge)), prediction, target);

    /// <summary>The mean of <c>−t · ln σ(x) − (1 − t) · ln(1 − σ(x))</c> over all elements, with <c>σ</c> the sigmoid.</summary>
    /// <param name="logits">The scores <c>x</c> before the sigmoid.</param>
    /// <param name="target">The probabilities <c>t</c>, of the same shape, or a number.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropy(Tensor logits, Tensor target) =>
        Tensor.Apply(new MeanError<LogisticError>(nameof(BinaryCrossEntropy)), logits, target);

    /// <summary>The mean of the binary cross-entropy, each term scaled by <c>qᵞ</c>, where q is the probability of the wrong answer, and by a weight (Lin et al. 2017).</summary>
    /// <param name="logits">The scores before the sigmoid.</param>
    /// <param name="target">The probabilities, of the same shape, or a number.</param>
    /// <param name="alpha">The weight where the target is 1; where it is 0, the weight is <c>1 − alpha</c>. A negative one leaves weights out.</param>
    /// <param name="gamma">The exponent; 0 or more.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is above 1, or <paramref name="gamma"/> below 0.</exception>
    public static Tensor Focal(Tensor logits, Tensor target, double alpha = 0.25, double gamma = 2) => Tensor.Apply(new Focal(alpha, gamma), logits, target);

    /// <summary>The mean of <c>t · (ln t − x)</c>: how far the probabilities <c>eˣ</c> are from the target's (Kullback and Leibler 1951).</summary>
    /// <remarks>The mean is over all elements; for the sum over classes and the mean over examples, multiply by the number of classes.</remarks>
    /// <param name="prediction">Logarithms of probabilities x, such as <see cref="LogSoftmax"/> returns.</param>
    /// <param name="target">The probabilities t, of the same shape, or a number; 0 adds 0.</param>
    /// <param name="logTarget">Whether the target holds logarithms of probabilities, too.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor KlDivergence(Tensor prediction, Tensor target, bool logTarget = false) => logTarget
        ? Tensor.Apply(new MeanError<LogDivergence>(nameof(KlDivergence)), prediction, target)
        : Tensor.Apply(new MeanError<Divergence>(nameof(KlDivergence)), prediction, target);

    /// <summary>The mean of <c>(ln v + (mean − target)² / v) / 2</c> with <c>v = max(variance, eps)</c>: the target's surprise under a normal distribution.</summary>
    /// <param name="mean">The expected values.</param>
    /// <param name="target">The values, of the same shape.</param>
    /// <param name="variance">The variances, of the same shape. Their gradient passes the bound.</param>
    /// <param name="full">Whether to add the constant <c>ln(2π) / 2</c>.</param>
    /// <param name="eps">The least variance; above 0.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="eps"/> is not above 0.</exception>
    public static Tensor GaussianNll(Tensor mean, Tensor target, Tensor variance, bool full = false, double eps = 1e-6) =>
        Tensor.Apply(new GaussianNll(full, eps), mean, target, variance);

    /// <summary>
    /// The mean of <c>1 − c</c> where the target is 1 and of <c>max(0, c − margin)</c> where it is −1; c is the cosine of the angle between a and b along the last axis.
    /// </summary>
    /// <param name="a">The one tensor, <c>[.., width]</c>.</param>
    /// <param name="b">The other one, of the same shape.</param>
    /// <param name="target">For each pair 1, if the two belong together, or −1: <c>[..]</c>.</param>
    /// <param name="margin">The cosine up to which two are far enough apart.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor CosineEmbedding(Tensor a, Tensor b, Tensor target, double margin = 0) => Tensor.Apply(new CosineEmbedding(margin), a, b, target);

    /// <summary>
    /// The mean of <c>max(0, d(anchor, positive) − d(anchor, negative) + margin)</c>, where <c>d(a, b) = ‖a − b + eps‖ₚ</c> along the last axis (Balntas et al. 2016).
    /// </summary>
    /// <param name="anchor">A tensor <c>[.., width]</c>.</param>
    /// <param name="positive">What should be near, of the same shape.</param>
    /// <param name="negative">What should be far, of the same shape.</param>
    /// <param name="margin">How much farther.</param>
    /// <param name="p">The norm's exponent.</param>
    /// <param name="eps">What keeps the distance of equal vectors from 0.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not a number.</exception>
    public static Tensor Triplet(Tensor anchor, Tensor positive, Tensor negative, double margin = 1, double p = 2, double eps = 1e-6) =>
        Tensor.Apply(new Triplet(margin, p, eps), anchor, positive, negative);
}
