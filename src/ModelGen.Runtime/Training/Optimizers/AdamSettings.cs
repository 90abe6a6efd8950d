using System;

namespace ModelGen;

/// <summary>The constants of Adam and its relatives.</summary>
internal readonly record struct AdamSettings
{
    public AdamSettings(double beta1, double beta2, double epsilon)
    {
        CheckBeta(beta1, nameof(beta1));
        CheckBeta(beta2, nameof(beta2));
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        (Beta1, Beta2, Epsilon) = (beta1, beta2, epsilon);
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    public override string ToString() => FormattableString.Invariant($"{nameof(Beta1)} = {Beta1}, {nameof(Beta2)} = {Beta2}, {nameof(Epsilon)} = {Epsilon}");

    /// <summary>Checks how much of a mean is kept.</summary>
    public static void CheckBeta(double value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1.0, name);
    }
}
