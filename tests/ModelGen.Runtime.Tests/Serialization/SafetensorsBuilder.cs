using System.Buffers.Binary;
using System.Linq;
using System.Text;

namespace ModelGen.Tests.Serialization;

/// <summary>Builds files of parameters, hostile ones too.</summary>
internal static class SafetensorsBuilder
{
    /// <summary>The header of the SoftmaxRegression model as PyTorch's library would write it.</summary>
    public const string Right =
        """{"Fc.bias":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"Fc.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[12,36]}}""";

    public const int DataLength = 36;

    public static byte[] File(string header, int dataLength = DataLength) => File(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] File(byte[] header, int dataLength = DataLength) =>
        File((ulong)header.Length, header, dataLength);

    public static byte[] File(ulong headerLength, byte[] header, int dataLength)
    {
        byte[] number = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(number, headerLength);
        return [.. number, .. header, .. Enumerable.Range(1, dataLength).Select(i => (byte)i)];
    }
}
