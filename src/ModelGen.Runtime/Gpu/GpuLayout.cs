using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The layout of a kernel's arguments, which host and device must see alike.</summary>
/// <remarks>
/// ILGPU takes structs whose fields, with nested structs opened, are of the same types for one type, and lays them out as the first of them that it
/// meets: <c>{ { long, int }, int }</c>, whose inner struct ends in padding, like <c>{ long, int, int }</c>. A kernel would read other bytes than
/// the host has written, depending on which kernels were compiled before. So only layouts are allowed that nesting does not change.
/// </remarks>
internal static class GpuLayout
{
    private const int Widest = 8;

    /// <summary>Throws where nesting changes the layout of a struct.</summary>
    public static void Check(Type arguments)
    {
        int flat = 0;
        foreach ((string name, int offset, int size, int alignment) in Leaves(arguments, arguments.Name, 0))
        {
            flat = Align(flat, alignment);
            if (flat != offset)
            {
                throw new InvalidOperationException(
                    $"The kernel's argument {name} lies behind a struct that ends in padding: put it before that struct, or let the struct fill {Widest} bytes.");
            }

            flat += size;
        }
    }

    private static IEnumerable<(string Name, int Offset, int Size, int Alignment)> Leaves(Type type, string name, int offset)
    {
        int position = offset;
        foreach (FieldInfo field in Fields(type))
        {
            (int size, int alignment) = Size(field.FieldType);
            position = Align(position, alignment);
            string path = $"{name}.{field.Name}";
            if (IsLeaf(field.FieldType))
            {
                yield return (path, position, size, alignment);
            }
            else
            {
                foreach ((string, int, int, int) leaf in Leaves(field.FieldType, path, position))
                {
                    yield return leaf;
                }
            }

            position += size;
        }
    }

    /// <summary>A buffer is two numbers of 8 bytes on every device.</summary>
    private static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || IsBuffer(type) || Fields(type).Length == 0;

    private static bool IsBuffer(Type type) => type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(GpuBuffer<>) || type.GetGenericTypeDefinition() == typeof(ArrayView<>));

    private static (int Size, int Alignment) Size(Type type)
    {
        if (IsBuffer(type))
        {
            return (2 * Widest, Widest);
        }

        if (IsLeaf(type))
        {
            int own = Type.GetTypeCode(type) switch
            {
                TypeCode.SByte or TypeCode.Byte or TypeCode.Boolean => 1,
                TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Char => 2,
                TypeCode.Object => 1, // without fields
                TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
                _ => Widest,
            };
            return (own, own);
        }

        int size = 0;
        int widest = 1;
        foreach (FieldInfo field in Fields(type))
        {
            (int fieldSize, int alignment) = Size(field.FieldType);
            size = Align(size, alignment) + fieldSize;
            widest = Math.Max(widest, alignment);
        }

        return (Align(size, widest), widest);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Kernels are never compiled in trimmed programs.")]
    private static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    private static int Align(int position, int alignment) => (position + alignment - 1) / alignment * alignment;
}
