using System;

namespace ModelGen;

/// <summary>Takes the tensors apart that a word gives several of: <c>var (query, key, value) = Split(x, [8, 8, 8], axis: -1);</c></summary>
public static class TensorParts
{
    /// <summary>Two tensors.</summary>
    /// <param name="parts">The tensors.</param>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void Deconstruct(this Tensor[] parts, out Tensor first, out Tensor second)
    {
        Require(parts, 2);
        (first, second) = (parts[0], parts[1]);
    }

    /// <summary>Three tensors.</summary>
    /// <param name="parts">The tensors.</param>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void Deconstruct(this Tensor[] parts, out Tensor first, out Tensor second, out Tensor third)
    {
        Require(parts, 3);
        (first, second, third) = (parts[0], parts[1], parts[2]);
    }

    /// <summary>Four tensors.</summary>
    /// <param name="parts">The tensors.</param>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="fourth">The fourth.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void Deconstruct(this Tensor[] parts, out Tensor first, out Tensor second, out Tensor third, out Tensor fourth)
    {
        Require(parts, 4);
        (first, second, third, fourth) = (parts[0], parts[1], parts[2], parts[3]);
    }

    private static void Require(Tensor[] parts, int count)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Length != count) throw new ArgumentException($"Split makes {parts.Length} parts, and {count} are taken.", nameof(parts));
    }
}
