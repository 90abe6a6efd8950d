using System.Runtime.InteropServices;
using System.Text;

namespace ModelGen.Benchmarks.OnnxRuntimePeer;

/// <summary>Writes a model in ONNX's format: protocol buffers, whose messages here are few enough to be written by hand.</summary>
/// <remarks>Field numbers are those of onnx.proto3 (https://github.com/onnx/onnx, Apache-2.0), IR version 10, operators of version 20.</remarks>
internal sealed class OnnxModel
{
    private const int Float = 1, Int32 = 6, Int64 = 7;
    private readonly MemoryStream graph = new();

    public OnnxModel Node(string operation, string[] inputs, string output, params (string Name, long Value)[] attributes)
    {
        MemoryStream node = new();
        foreach (string input in inputs)
        {
            Text(node, 1, input);
        }

        Text(node, 2, output);
        Text(node, 4, operation);
        foreach ((string name, long value) in attributes)
        {
            MemoryStream attribute = new();
            Text(attribute, 1, name);
            Number(attribute, 3, value);
            Number(attribute, 20, 2); // the kind: an integer
            Message(node, 5, attribute);
        }

        Message(graph, 1, node);
        return this;
    }

    public OnnxModel Constant(string name, float[] values, params long[] shape) => Constant(name, Float, MemoryMarshal.AsBytes(values.AsSpan()), shape);

    /// <summary>Whole numbers, such as the shape that an operator takes.</summary>
    public OnnxModel Constant(string name, params long[] values) => Constant(name, Int64, MemoryMarshal.AsBytes(values.AsSpan()), values.Length);

    public OnnxModel Input(string name, params long[] shape) => Value(11, name, Float, shape);

    /// <summary>An input of whole numbers of 32 bits.</summary>
    public OnnxModel IntInput(string name, params long[] shape) => Value(11, name, Int32, shape);

    public OnnxModel Output(string name, params long[] shape) => Value(12, name, Float, shape);

    public byte[] ToArray()
    {
        MemoryStream model = new(), operators = new(), named = new();
        Number(model, 1, 10);
        named.Write(graph.ToArray());
        Text(named, 2, "work");
        Message(model, 7, named);
        Number(operators, 2, 20);
        Message(model, 8, operators);
        return model.ToArray();
    }

    private OnnxModel Constant(string name, int type, ReadOnlySpan<byte> bytes, params long[] shape)
    {
        MemoryStream tensor = new();
        foreach (long size in shape)
        {
            Number(tensor, 1, size);
        }

        Number(tensor, 2, type);
        Text(tensor, 8, name);
        Bytes(tensor, 9, bytes);
        Message(graph, 5, tensor);
        return this;
    }

    private OnnxModel Value(int field, string name, int element, long[] shape)
    {
        MemoryStream dimensions = new(), tensor = new(), type = new(), value = new();
        foreach (long size in shape)
        {
            MemoryStream dimension = new();
            Number(dimension, 1, size);
            Message(dimensions, 1, dimension);
        }

        Number(tensor, 1, element);
        Message(tensor, 2, dimensions);
        Message(type, 1, tensor);
        Text(value, 1, name);
        Message(value, 2, type);
        Message(graph, field, value);
        return this;
    }

    private static void Number(Stream to, int field, long value)
    {
        Varint(to, (ulong)field << 3);
        Varint(to, (ulong)value);
    }

    private static void Text(Stream to, int field, string text) => Bytes(to, field, Encoding.UTF8.GetBytes(text));

    private static void Message(Stream to, int field, MemoryStream message) => Bytes(to, field, message.ToArray());

    private static void Bytes(Stream to, int field, ReadOnlySpan<byte> bytes)
    {
        Varint(to, ((ulong)field << 3) | 2);
        Varint(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Varint(Stream to, ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            to.WriteByte((byte)(value | 128));
        }

        to.WriteByte((byte)value);
    }
}
