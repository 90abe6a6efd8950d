using System;
using System.Linq;

namespace ModelGen.Models.Tests.Goldens;

/// <summary>Converts between golden tensors and what users pass.</summary>
internal static class Shaped
{
    /// <summary>An array of the tensor's rank.</summary>
    public static object Array(GoldenTensor tensor)
    {
        Array values = tensor.Ints.Length > 0 ? tensor.Ints : tensor.Values;
        Array shaped = System.Array.CreateInstance(values.GetType().GetElementType()!, tensor.Shape);
        Buffer.BlockCopy(values, 0, shaped, 0, values.Length * sizeof(float));
        return shaped;
    }

    public static object Tensor(GoldenTensor tensor) => tensor.Ints.Length > 0
        ? ModelGen.Tensor.From(tensor.Ints, tensor.Shape)
        : ModelGen.Tensor.From(tensor.Values, tensor.Shape);

    /// <summary>The numbers of an array of any rank, or of one number.</summary>
    public static float[] Flat(object value) => [.. (value as Array ?? new[] { value }).Cast<object>().Select(Convert.ToSingle)];
}
