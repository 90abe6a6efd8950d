extern alias generator;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using generator::ModelGen.Ops;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.Goldens;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Every elementwise op of the catalogue, compiled, against its plain loop in double: all lengths around the vectors', special values, all ways to broadcast.</summary>
[OnEveryDevice]
public sealed class ElementwiseTests
{
    private const double Tolerance = 1e-6;

    private static readonly Op[] Ops = [.. OpCatalog.Ops.Where(op => op is ElementwiseOp or ElementwiseWord)];

    private static readonly float[] Specials =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 1e-45f, -1e-45f, 1e-40f, -1e-40f, 1.1754944e-38f, 1f, -1f, 0.5f, -0.5f, 2f, -2f, 3f, -3f,
        2.5f, -7.25f, 20.5f, -20.5f, 88.5f, -88.5f, 104f, -104f, 12801f, -16777217f, 3.4028235e38f, -3.4028235e38f,
    ];

    /// <summary>For each axis of the result: whether both operands have it, or only the first or the second, the other having 1 there or lacking it.</summary>
    private enum Axis
    {
        Both,
        First,
        Second,
    }

    /// <summary>Gets a model with a method for every op.</summary>
    public static string OneByOne { get; } = Net(Ops.Select(op => $"[Forward] private Tensor {op.Name}Of({Inputs(op, "[Shape(\"n\")]")}) => {Call(op)};"));

    [Fact]
    public void EveryLengthAndSpecialValue()
    {
        using Model model = CompiledModels.Compile(OneByOne).Create("Net");
        List<string?> differences = [];
        foreach (Op op in Ops)
        {
            foreach (int length in (int[])[0, 1, 3, 15, 16, 17, 1000])
            {
                GoldenTensor[] inputs = [.. op.InputNames.Select((_, input) => Filled([length], index => Value(length < 1000 ? index * (input + 1) : input == 0 ? index : index / Specials.Length)))];
                differences.AddRange(Differences($"{op.Name}({length})", model, op.Name + "Of", inputs));
            }
        }

        Report(differences);
    }

    /// <summary>A difference each, which tells the operands apart, and the ops in turn: an op itself does not see how its operands were broadcast.</summary>
    [Fact]
    [OnProcessor("An address on a device is the same expression: one rank is enough there, and some 200 kernels take minutes.")]
    public void EveryWayToBroadcast()
    {
        Op[] ops = [.. Ops.Where(op => op.InputNames.Length == 2)];
        (string[] A, string[] B)[] pairs = [.. Enumerable.Range(1, 4).SelectMany(Patterns).SelectMany(Shapes)];
        IEnumerable<string> methods = pairs.Select((pair, index) =>
            $"[Forward] private (Tensor difference, Tensor other) Pair{index}([Shape({string.Join(", ", pair.A)})] Tensor a, [Shape({string.Join(", ", pair.B)})] Tensor b) => "
            + $"(a - b, {ops[index % ops.Length].Name}(a, b));");
        using Model model = CompiledModels.Compile(Net(methods)).Create("Net");
        List<string?> differences = [];
        foreach (((string[] a, string[] b), int index) in pairs.Select((pair, index) => (pair, index)))
        {
            GoldenTensor[] inputs = [Filled(Sizes(a), Value), Filled(Sizes(b), position => Value((position * 7) + 5))];
            differences.AddRange(Differences($"[{string.Join(", ", a)}] and [{string.Join(", ", b)}]", model, "Pair" + index, inputs));
        }

        Report(differences);
    }

    private static string Net(IEnumerable<string> methods) => $"[Model] public sealed partial class Net {{\n{string.Join("\n", methods)}\n}}";

    private static string Inputs(Op op, string shape) => string.Join(", ", op.InputNames.Select(input => $"{shape} Tensor {input}"));

    private static string Call(Op op) => $"{op.Name}({string.Join(", ", op.InputNames)})";

    private static IEnumerable<Axis[]> Patterns(int rank) =>
        rank == 0 ? [[]] : Patterns(rank - 1).SelectMany(rest => Enum.GetValues<Axis>().Select(axis => (Axis[])[axis, .. rest]));

    /// <summary>Both shapes of a pattern; and where an operand begins with sizes of 1, also the shape without them.</summary>
    private static IEnumerable<(string[] A, string[] B)> Shapes(Axis[] pattern)
    {
        string[] a = [.. pattern.Select((axis, index) => axis == Axis.Second ? "1" : $"\"d{pattern.Length - index}\"")];
        string[] b = [.. pattern.Select((axis, index) => axis == Axis.First ? "1" : $"\"d{pattern.Length - index}\"")];
        string[] shortA = [.. a.SkipWhile(size => size == "1")], shortB = [.. b.SkipWhile(size => size == "1")];
        yield return (a, b);
        if (shortA.Length < a.Length && shortA.Length > 0) yield return (shortA, b);
        if (shortB.Length < b.Length && shortB.Length > 0) yield return (a, shortB);
    }

    /// <summary>From the last axis on 17, 3, 2 and 5.</summary>
    private static int[] Sizes(string[] shape) => [.. shape.Select(size => size == "1" ? 1 : ((int[])[17, 3, 2, 5])[size[2] - '1'])];

    private static GoldenTensor Filled(int[] shape, Func<int, float> value) =>
        new(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (count, size) => count * size)).Select(value)], []);

    private static float Value(int index) => Specials[index % Specials.Length];

    private static IEnumerable<string?> Differences(string what, Model model, string method, GoldenTensor[] inputs)
    {
        object eager = model.GetType().GetProperty("Eager")!.GetValue(model)!;
        object?[] tensors = [.. inputs.Select(input => Tensor.From(input.Values, input.Shape).ToDouble())];
        object[] expected = Results(eager.GetType().GetMethod(method)!.Invoke(eager, tensors)!);
        MethodInfo compiled = model.GetType().GetMethods().First(candidate => candidate.Name == method && candidate.ReturnType != typeof(void));
        object[] actual = Results(compiled.Invoke(model, [.. inputs.Select(Shaped.Array)])!);
        return expected.Zip(actual, (tensor, array) => Closeness.Difference(what, ((Tensor)tensor).ToArray(), Shaped.Flat(array), Tolerance));
    }

    private static object[] Results(object result) => result is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(index => tuple[index]!)] : [result];

    private static void Report(IEnumerable<string?> found)
    {
        string[] differences = [.. found.Where(difference => difference is not null).Select(difference => difference!)];
        Assert.True(differences.Length == 0, $"{differences.Length} differences:\n" + string.Join("\n", differences.Take(30)));
    }
}
