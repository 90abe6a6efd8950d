using System;

namespace ModelGen;

/// <summary>Lets the learning rate fall along half a wave: <c>minRate + (rate − minRate) · (1 + cos(π·n / length)) / 2</c>, n steps from the beginning.</summary>
/// <remarks>
/// As PyTorch's <c>CosineAnnealingLR</c>, but the rate stays low behind the length instead of rising again; with <see cref="Restarts"/> as its
/// <c>CosineAnnealingWarmRestarts</c> (Loshchilov and Hutter 2017). It counts steps. Without a length it falls until training ends; a training that is to be
/// continued later needs one, so that it knows the end.
/// </remarks>
public sealed class CosineSchedule : ISchedule
{
    /// <summary>Initializes a new instance of the <see cref="CosineSchedule"/> class.</summary>
    /// <param name="length">The number of steps of the fall; the last of training's where it is null.</param>
    /// <param name="minRate">The lowest rate.</param>
    public CosineSchedule(long? length = null, float minRate = 0f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length ?? 1, 1, nameof(length));
        ArgumentOutOfRangeException.ThrowIfNegative(minRate);
        (Length, MinRate) = (length, minRate);
    }

    /// <summary>Gets the number of steps of the fall.</summary>
    public long? Length { get; }

    /// <summary>Gets the lowest rate.</summary>
    public float MinRate { get; }

    /// <summary>Gets a value indicating whether the rate jumps up after each fall and falls again; needs a length.</summary>
    public bool Restarts { get; init; }

    /// <summary>Gets how many times longer each fall is than the one before, from 1.</summary>
    public int Growth { get; init; } = 1;

    /// <inheritdoc/>
    /// <remarks>A fall of no length, which is what a warm-up leaves of a training that ends with it, is at its beginning.</remarks>
    public float LearningRate(in ScheduleState state)
    {
        (long step, long length) = Fall(state);
        double share = length == 0 ? 1.0 : step >= length ? 0.0 : (1.0 + Math.Cos(Math.PI * step / length)) / 2.0;
        return (float)(MinRate + ((state.BaseRate - MinRate) * share));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{nameof(CosineSchedule)}, {nameof(Length)} = {(object?)Length ?? "training's"}, {nameof(MinRate)} = {MinRate}, {nameof(Restarts)} = {Restarts}, {nameof(Growth)} = {Growth}");

    /// <inheritdoc/>
    public void Check(FitOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Growth, 1);
        if (Restarts && Length is null)
        {
            throw new ArgumentException($"A {nameof(CosineSchedule)} that restarts needs the length of its first fall.");
        }
    }

    /// <summary>The step within its fall.</summary>
    private (long Step, long Length) Fall(in ScheduleState state)
    {
        (long step, long length) = (state.Step, Length ?? state.TotalSteps);
        if (Restarts)
        {
            for (; Growth > 1 && step >= length; length *= Growth)
            {
                step -= length;
            }

            step %= length;
        }

        return (step, length);
    }
}
