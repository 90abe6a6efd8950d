using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>(p − t)²</c>, whose mean is the loss</summary>
internal readonly struct SquaredError : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return (a - b) * (a - b);
    }
}

/// <summary><c>−t · ln σ(x) − (1 − t) · ln(1 − σ(x)) = max(x, 0) − x · t + ln(1 + e^(−|x|))</c>, whose mean is the loss</summary>
/// <remarks>The right side overflows nowhere.</remarks>
internal readonly struct LogisticError : IPairwise
{
    public static T Of<T>(T x, T t)
        where T : IFloatingPointIeee754<T>
    {
        return T.Max(x, T.Zero) - (x * t) + LogOnePlus(T.Exp(-T.Abs(x)));
    }

    /// <summary><c>ln(1 + x)</c> with all its digits for small <c>x</c> too (Goldberg 1991, theorem 4).</summary>
    private static T LogOnePlus<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T sum = T.One + x;
        return sum == T.One ? x : T.Log(sum) * x / (sum - T.One);
    }
}

/// <summary><c>|p − t|</c>, whose mean is the loss</summary>
internal readonly struct AbsoluteError : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return T.Abs(a - b);
    }
}

/// <summary><c>max(0, 1 − p · t)</c>, whose mean is the loss</summary>
internal readonly struct HingeError : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return T.Max(T.Zero, T.One - (a * b));
    }
}

/// <summary><c>t · (ln t − x)</c>, whose mean is the loss; where t is 0, the logarithm does not matter</summary>
internal readonly struct Divergence : IPairwise
{
    public static T Of<T>(T x, T t)
        where T : IFloatingPointIeee754<T>
    {
        return (t == T.Zero ? T.Zero : t * T.Log(t)) - (t * x);
    }
}

/// <summary><c>eᵗ · (t − x)</c>, whose mean is the loss</summary>
internal readonly struct LogDivergence : IPairwise
{
    public static T Of<T>(T x, T t)
        where T : IFloatingPointIeee754<T>
    {
        return T.Exp(t) * (t - x);
    }
}

/// <summary><c>y = mean of d² / 2</c> where <c>|d| ≤ delta</c>, else of <c>delta · (|d| − delta/2)</c>, with <c>d = p − t</c></summary>
internal readonly struct Huber(double delta) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (!(delta > 0)) throw Shapes.Outside(nameof(delta), delta, "Huber: delta must be above 0.");

        T bend = T.CreateChecked(delta), two = T.CreateChecked(2);
        return Mean.OfErrors(nameof(Huber), inputs, (p, t) =>
        {
            T d = T.Abs(p - t);
            return d > bend ? bend * (d - (bend / two)) : d * d / two;
        });
    }
}

/// <summary><c>y = mean of αₜ · qᵞ · c</c>: the logistic error <c>c</c>, scaled by a power of the wrong answer's probability <c>q</c></summary>
internal readonly struct Focal(double alpha, double gamma) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (!(alpha <= 1)) throw Shapes.Outside(nameof(alpha), alpha, "Focal: alpha must lie between 0 and 1, or be negative for no weights.");
        if (!(gamma >= 0 && double.IsFinite(gamma))) throw Shapes.Outside(nameof(gamma), gamma, "Focal: gamma must be 0 or more.");

        T one = T.CreateChecked(alpha), exponent = T.CreateChecked(gamma);
        return Mean.OfErrors(nameof(Focal), inputs, (x, t) =>
        {
            T wrong = (Sigmoid.Of(x) * (T.One - t)) + (Sigmoid.Of(-x) * t);
            T weight = one < T.Zero ? T.One : (one * t) + ((T.One - one) * (T.One - t));
            return weight * T.Pow(wrong, exponent) * LogisticError.Of(x, t);
        });
    }
}

/// <summary><c>y = mean of (ln v + (m − t)² / v) / 2</c> with <c>v = max(variance, eps)</c>, and in full <c>ln(2π) / 2</c> more</summary>
internal readonly struct GaussianNll(bool full, double eps) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (!(eps > 0)) throw Shapes.Outside(nameof(eps), eps, "GaussianNll: eps must be above 0.");

        NdArray<T> mean = inputs[0], target = inputs[1], variance = inputs[2];
        Shapes.RequireSame(nameof(GaussianNll), mean.Shape, target.Shape);
        Shapes.RequireSame(nameof(GaussianNll), mean.Shape, variance.Shape);
        T two = T.CreateChecked(2), more = full ? T.Log(two * T.Pi) : T.Zero;
        var terms = new NdArray<T>(mean.Shape);
        for (int i = 0; i < terms.Values.Length; i++)
        {
            T d = mean.Values[i] - target.Values[i], v = T.Max(variance.Values[i], T.CreateChecked(eps));
            terms.Values[i] = (T.Log(v) + (d * d / v) + more) / two;
        }

        return new Mean(axes: null, keepDims: false).Run([terms]);
    }
}

/// <summary>The mean of an error over all elements of two tensors of the same shape; the second may also be a number</summary>
internal readonly struct MeanError<TError>(string word) : IOperation
    where TError : struct, IPairwise
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Mean.OfErrors<T>(word, inputs, TError.Of);
    }
}
