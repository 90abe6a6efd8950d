namespace ModelGen;

/// <summary>What <see cref="Functional.Pad"/> adds beyond the edges of a tensor.</summary>
public enum PadMode
{
    /// <summary>A number.</summary>
    Constant,

    /// <summary>What lies within, reflected at the edge, which is not repeated: <c>c b | a b c | b a</c>.</summary>
    Reflect,

    /// <summary>The edge, again and again: <c>a a | a b c | c c</c>.</summary>
    Replicate,

    /// <summary>What comes round from the other end: <c>b c | a b c | a b</c>.</summary>
    Circular,
}
