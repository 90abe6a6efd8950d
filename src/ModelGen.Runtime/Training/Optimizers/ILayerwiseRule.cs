using ModelGen.Cpu;

namespace ModelGen;

/// <summary>How the values of a tensor change where the step's size depends on all of them: the text of such an optimizer, for processors and devices.</summary>
/// <remarks>
/// The first pass renews what is remembered, two numbers for each value, and adds up the squares of values and directions. The second finds the same
/// directions again and takes the step: nothing but what is remembered lies between the passes.
/// </remarks>
internal interface ILayerwiseRule
{
    /// <summary>Renews what is remembered.</summary>
    void Remember<V>(V gradient, ref V first, ref V second)
        where V : struct, ISimd<V>;

    /// <summary>The direction to go against.</summary>
    V Direction<V>(V parameter, V first, V second)
        where V : struct, ISimd<V>;

    /// <summary>What directions are multiplied by and added to the values.</summary>
    /// <param name="valueNorm">The Euclidean norm of the tensor's values.</param>
    /// <param name="directionNorm">That of its directions.</param>
    float Step(float valueNorm, float directionNorm);
}
