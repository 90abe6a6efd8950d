using System.Collections.Immutable;

namespace ModelGen.Entries;

/// <summary>What the build knows of a model.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Fingerprint">A hash of the model's structure.</param>
/// <param name="ParameterLength">The length of the flat buffer in floats, gaps between parameters included.</param>
/// <param name="Parameters">The parameters, by ascending offset.</param>
/// <param name="Entries">The compiled methods.</param>
public sealed record ModelDescription(
    string Name,
    string Fingerprint,
    long ParameterLength,
    ImmutableArray<ParameterDescription> Parameters,
    ImmutableArray<Entry> Entries)
{
    /// <summary>Gets what the model carries from call to call; null for nothing.</summary>
    public StateDescription? States { get; init; }
}

/// <summary>What a model carries from call to call.</summary>
/// <param name="Dimensions">The names of the dimensions that a state is made for.</param>
/// <param name="Values">The <c>[State]</c> properties.</param>
public sealed record StateDescription(ImmutableArray<string> Dimensions, ImmutableArray<TensorDescription> Values);

/// <summary>A parameter, or a parameter of every copy of a repeated module.</summary>
/// <param name="Name">The name; a <c>*</c> stands for each repetition's index: <c>Blocks.*.Expand.weight</c>.</param>
/// <param name="Repeat">The number of repetitions for each <c>*</c>.</param>
/// <param name="Shape">The shape of one repetition.</param>
/// <param name="Offset">Where the values [repeat…, shape…] begin in the flat buffer, in floats.</param>
/// <param name="Initializer">The values that a new model starts from.</param>
public sealed record ParameterDescription(
    string Name,
    ImmutableArray<int> Repeat,
    ImmutableArray<int> Shape,
    long Offset,
    Initializer Initializer);

/// <summary>The values that a new model starts from.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Scale">The constant, the uniform distribution's half width, or the normal distribution's standard deviation.</param>
public readonly record struct Initializer(InitializerKind Kind, double Scale)
{
    /// <summary>One number everywhere.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The first values.</returns>
    public static Initializer Constant(double value) => new(InitializerKind.Constant, value);

    /// <summary>Uniform within ±<paramref name="limit"/>.</summary>
    /// <param name="limit">Half the width of the distribution.</param>
    /// <returns>The first values.</returns>
    public static Initializer Uniform(double limit) => new(InitializerKind.Uniform, limit);

    /// <summary>Normal around 0.</summary>
    /// <param name="deviation">The standard deviation.</param>
    /// <returns>The first values.</returns>
    public static Initializer Normal(double deviation) => new(InitializerKind.Normal, deviation);
}

/// <summary>The distribution of a new parameter's values.</summary>
public enum InitializerKind
{
    /// <summary>All values are equal.</summary>
    Constant,

    /// <summary>Uniform between −scale and scale.</summary>
    Uniform,

    /// <summary>Normal with mean 0.</summary>
    Normal,
}
