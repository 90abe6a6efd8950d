namespace ModelGen.Entries;

/// <summary>What a tensor's elements are.</summary>
public enum ElementType
{
    /// <summary><see cref="float"/>.</summary>
    Float,

    /// <summary><see cref="int"/>: indices and labels.</summary>
    Int,
}
