using System;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>How a parameter starts: <c>Constant</c> with a value, <c>Uniform</c> within ±scale, or <c>Normal</c> with scale as standard deviation.</summary>
internal sealed record Initializer(string Kind, double Scale)
{
    public static Initializer Zeros { get; } = new("Constant", 0);

    public static Initializer Ones { get; } = new("Constant", 1);

    public static Initializer Uniform(double bound) => new("Uniform", bound);

    public static Initializer Normal(double deviation) => new("Normal", deviation);

    /// <summary>What the user asked for with <c>Init</c> and <c>InitScale</c>, or the layer's default.</summary>
    /// <remarks>Glorot and Bengio 2010 for Xavier, He et al. 2015 for Kaiming (gain √2); <c>InitScale</c> is a factor on each of them: the bound of Uniform, the deviation of Normal.</remarks>
    public static Initializer Resolve(AttributeSet attributes, Initializer otherwise, double fanIn, double fanOut)
    {
        string init = attributes.Get("init", "Default");
        double scale = attributes.Number("initScale", 1);
        return init switch
        {
            "Zeros" => Zeros,
            "Ones" => Ones with { Scale = scale },
            "Uniform" => Uniform(scale),
            "Normal" => Normal(scale),
            "XavierUniform" => Uniform(scale * Math.Sqrt(6 / (fanIn + fanOut))),
            "XavierNormal" => Normal(scale * Math.Sqrt(2 / (fanIn + fanOut))),
            "KaimingUniform" => Uniform(scale * Math.Sqrt(6 / fanIn)),
            "KaimingNormal" => Normal(scale * Math.Sqrt(2 / fanIn)),
            _ => otherwise with { Scale = otherwise.Scale * scale },
        };
    }
}
