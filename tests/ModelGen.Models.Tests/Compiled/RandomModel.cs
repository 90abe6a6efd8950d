using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>A class as a user might write it, at random: statements over tensors <c>[batch, time, …]</c> whose shapes always fit.</summary>
internal sealed class RandomModel
{
    private const string Batch = "batch", Time = "time";

    private readonly Random random;
    private readonly List<string> layers = [];
    private readonly List<string> body = [];
    private readonly List<(string Name, string[] Shape)> values = [];

    private RandomModel(int seed) => random = new Random(seed);

    public static string Source(string name, int seed, int statements)
    {
        RandomModel model = new(seed);
        int width = model.random.Next(2, 5);
        model.layers.Add($"[Parameter({width}, Init = Init.Uniform, InitScale = 2)] private partial Tensor Start {{ get; }}");
        model.body.Add("Tensor x = input * Start;");
        model.values.Add(("x", [Batch, Time, Text(width)]));
        for (int i = 0; i < statements; i++)
        {
            model.AddStatement();
        }

        return model.Write(name, width);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsConstant(string dim) => char.IsAsciiDigit(dim[0]);

    private static int Size(string dim) => int.Parse(dim, CultureInfo.InvariantCulture);

    private static string Kept(string[] shape, int axis) => string.Join(',', shape.Select((dim, i) => i == axis ? "1" : dim));

    private string Write(string name, int width)
    {
        (string last, string[] shape) = values[^1];
        string all = string.Join(" + ", values.Skip(1).SkipLast(1).Select(value => $"Mean({value.Name})").Prepend("0 * Sum(x)"));
        return $$"""
            [Model] public sealed partial class {{name}}
            {
                {{string.Join("\n    ", layers)}}
                private {{(values.Count > 2 ? "(Tensor, Tensor)" : "Tensor")}} Body(Tensor input)
                {
                    {{string.Join("\n        ", body)}}
                    return {{(values.Count > 2 ? $"({last}, {all})" : last)}};
                }
                [Forward] private Tensor Predict([Shape("batch", "time", {{width}})] Tensor x) => {{(values.Count > 2 ? "Body(x).Item1" : "Body(x)")}};
                [Loss] private Tensor Loss([Shape("batch", "time", {{width}})] Tensor x, [Shape("batch", "time", {{width}})] Tensor y)
                {
                    {{(values.Count > 2 ? "var (result, rest) = Body(x);" : "var result = Body(x); var rest = 0;")}}
                    return Mean(result * result) + 0.3 * Sum(Tanh(result)) * Mean(y) + rest;
                }
            }
            """;
    }

    private void AddStatement()
    {
        (string a, string[] shape) = values[^random.Next(1, Math.Min(values.Count, 4) + 1)];
        int axis = random.Next(shape.Length);
        switch (random.Next(23))
        {
            case 0 or 1: Add(Function(a), shape); break;
            case 2: Add($"{Pick("Softmax", "LogSoftmax")}({a}, {axis})", shape); break;
            case 3: Pair(a, shape); break;
            case 4: Add(Reduction(a, axis), Kept(shape, axis).Split(',')); break;
            case 5: Add($"{a} {Pick("-", "*", "+")} {Pick("Mean", "Max")}({a}, {axis}, keepDims: true)", shape); break;
            case 6 or 7: Dense(a, shape); break;
            case 8: Norm(a, shape); break;
            case 9: Turn(a, shape); break;
            case 10: Cut(a, shape, axis); break;
            case 11: Join(a, shape, axis); break;
            case 12: Product(a, shape); break;
            case 13: Add(Pick($"Flip({a}, {axis})", $"{a} * Flip({a}, 0, -1)", $"Transpose(Flip(Transpose({a}, 0, {axis}), 1), {axis}, 0)"), shape); break;
            case 14: Stretch(a, shape, axis); break;
            case 15: Add($"{Pick("Tril", "Triu")}({a}, {random.Next(-2, 3)})", shape); break;
            case 16: Axes(a, shape, axis); break;
            case 17: Letters(a, shape); break;
            case 18: Add($"Tanh(CumSum({a}, {axis}) * 0.3)", shape); break;
            case 19: Recurrent(a, shape); break;
            case 20: Table(a, shape); break;
            case 21: Steps(a, shape, axis); break;
            default: Layer("Drop", $"[Dropout(0.{random.Next(1, 6)})]", a, shape); break;
        }
    }

    private string Function(string a) => Pick(
        $"Tanh({a})", $"Sigmoid({a})", $"Relu({a})", $"Gelu({a})", $"Exp({a} * 0.3)", $"Log(1 + {a} * {a})", $"Sqrt(1 + {a} * {a})", $"-{a}",
        $"0.1 * {a} + 1", $"Abs({a})", $"Erf({a})", $"Square(0.5 * {a})", $"Rsqrt(1 + {a} * {a})", $"LeakyRelu({a}, 0.1f)", $"HardSwish({a})", $"Sin({a})",
        $"Cos(2 * {a})", $"Log1p({a} * {a})", $"Expm1(0.3 * {a})", $"Softplus({a})", $"Mish({a})", $"Elu({a})", $"Selu({a})", $"Silu({a})",
        $"HardSigmoid({a})", $"Pow(1 + {a} * {a}, 0.7)", $"Clamp({a}, -0.9, 1.1)");

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    /// <summary>A reduction without a kink where elements are often equal, such as the zeros of a Relu.</summary>
    private string Reduction(string a, int axis) => Pick(
        $"Mean({a}, {axis}, keepDims: true)",
        $"Sum({a}, {axis}, keepDims: true)",
        $"Max({a}, {axis}, keepDims: true)",
        $"Min(-{a}, {axis}, keepDims: true)",
        $"Prod(1 + 0.3 * Tanh({a}), {axis}, keepDims: true)",
        $"Var({a}, {axis}, keepDims: true, correction: 0)",
        $"LogSumExp({a}, {axis}, keepDims: true)",
        $"Norm(1 + Abs({a}), {axis}, keepDims: true, p: {Pick("1", "2", "3", "1.5f")})");

    private void Add(string expression, string[] shape)
    {
        string name = "v" + Text(values.Count);
        body.Add($"Tensor {name} = {expression};");
        values.Add((name, shape));
    }

    private void Layer(string name, string attribute, string input, string[] shape)
    {
        string layer = name + Text(layers.Count);
        layers.Add($"{attribute} private partial Tensor {layer}(Tensor x);");
        Add($"{layer}({input})", shape);
    }

    /// <summary>Two tensors of one shape, or one that broadcasts.</summary>
    private void Pair(string a, string[] shape)
    {
        (string b, string[] other) = values.Last(value => value.Shape.Length == shape.Length && value.Shape.Zip(shape).All(pair => pair.First == pair.Second || pair.First == "1"));
        _ = other;
        Add(Pick($"{a} + {b}", $"{a} * {b}", $"{b} - {a}", $"{a} / (1 + {b} * {b})", $"Maximum({a}, {b})", $"Minimum({a}, {b})", $"Pow(1.5 + Tanh({a}), {b})", $"Where(Greater({b}, 0.1), {a}, {b})"), shape);
    }

    private void Dense(string a, string[] shape)
    {
        if (IsConstant(shape[^1]))
        {
            int width = random.Next(1, 5);
            string activation = Pick("", ", Activation = Activation.Relu", ", Activation = Activation.Tanh", ", Bias = false", ", Activation = Activation.Gelu");
            Layer("Fc", $"[Dense({width}{activation})]", a, [.. shape[..^1], Text(width)]);
        }
    }

    private void Norm(string a, string[] shape)
    {
        if (IsConstant(shape[^1]) && Size(shape[^1]) > 1)
        {
            Layer("Norm", "[LayerNorm(Epsilon = 1e-2)]", a, shape);
        }
    }

    /// <summary>A layer that goes through the second axis, which may be a batch as well.</summary>
    private void Recurrent(string a, string[] shape)
    {
        if (IsConstant(shape[^1]))
        {
            int width = random.Next(1, 4);
            (string more, int directions) = random.Next(4) switch { 0 => (", Bidirectional = true", 2), 1 => (", Layers = 2", 1), _ => (string.Empty, 1) };
            Layer("Read", $"[{Pick("Rnn", "Gru", "Lstm")}({width}{more})]", a, [.. shape[..^1], Text(width * directions)]);
        }
    }

    /// <summary>Rows of a table, for each position or for each element of the input that is the greatest of its row.</summary>
    private void Table(string a, string[] shape)
    {
        if (random.Next(2) == 0 && IsConstant(shape[^1]))
        {
            Layer("Place", "[Position(64)]", a, shape);
            return;
        }

        string layer = "Embed" + Text(layers.Count);
        int width = random.Next(1, 4);
        layers.Add($"[Embedding(5, {width})] private partial Tensor {layer}(Tensor<int> x);");
        Add($"{layer}(ArgMax(input, 2))", [Batch, Time, Text(width)]);
    }

    /// <summary>A recurrence along an axis, or of a few steps, in every form of a step; the state begins with what a reduction leaves.</summary>
    private void Steps(string a, string[] shape, int axis)
    {
        string first = $"Mean({a}, {axis})";
        string more = Pick(string.Empty, ", reverse: true");
        (string b, _) = values[random.Next(values.Count)];
        switch (random.Next(5))
        {
            case 0:
                Add($"Scan({first}, {a}, (h, e) => Tanh(h * 0.7 + {Pick("e", "e * Mean(x)", $"Softmax(e, 0) * Mean({b})")}), {axis}{more})", shape);
                break;
            case 1:
                string method = "Next" + Text(layers.Count);
                layers.Add($"[Recurrent] private static (Tensor State, Tensor Output) {method}(Tensor h, Tensor e) {{ h = Sigmoid(h + e); return (h, h * e); }}");
                Add($"Scan({first}, {a}, {method}, {axis}{more}).Steps", shape);
                break;
            case 2:
                Add($"Scan(({first}, 0.5 * {first}), {a}, (s, e) => {{ var (g, h) = s; return ((Tanh(h + e), g), g * {Pick("h", "e")}); }}, {axis}{more}).Steps", shape);
                break;
            case 3:
                string local = "Local" + Text(values.Count);
                body.Add($"Tensor {local}(Tensor h) => Tanh(h) + 0.1 * Mean({b});");
                Add($"Scan({a}, 3, {local}, 0{more})[{Pick("0", "1", "^1")}]", shape);
                break;
            default:
                Add($"{a} * Unsqueeze(Scan({first}, {a}, (h, e) => (h + Scan(e, 2, g => Tanh(g + h), 0)[1], h), {axis}{more}).Last, {axis})", shape);
                break;
        }
    }

    private void Turn(string a, string[] shape)
    {
        int[] order = [.. Enumerable.Range(0, shape.Length)];
        random.Shuffle(order);
        Add($"Permute({a}, {string.Join(", ", order)})", [.. order.Select(axis => shape[axis])]);
    }

    private void Cut(string a, string[] shape, int axis)
    {
        if (IsConstant(shape[axis]) && Size(shape[axis]) > 1)
        {
            int start = random.Next(Size(shape[axis]) - 1), length = random.Next(1, Size(shape[axis]) - start);
            string before = string.Concat(Enumerable.Repeat(".., ", axis));
            Add(Pick($"Slice({a}, {axis}, {start}, {length})", $"{a}[{before}{start}..{start + length}]"), [.. shape.Select((dim, i) => i == axis ? Text(length) : dim)]);
        }
    }

    private void Join(string a, string[] shape, int axis)
    {
        if (IsConstant(shape[axis]) && Size(shape[axis]) < 5)
        {
            (string b, string[] other) = values.Last(value => value.Shape.Length == shape.Length && Kept(value.Shape, axis) == Kept(shape, axis) && IsConstant(value.Shape[axis]));
            Add($"Concat({axis}, {a}, {b})", [.. shape.Select((dim, i) => i == axis ? Text(Size(dim) + Size(other[i])) : dim)]);
        }
    }

    /// <summary>More of an axis: at its sides, or several times over.</summary>
    private void Stretch(string a, string[] shape, int axis)
    {
        if (IsConstant(shape[axis]) && Size(shape[axis]) < 5)
        {
            int size = Size(shape[axis]), before = random.Next(3), behind = random.Next(3);
            string pads = string.Concat(Enumerable.Repeat("0, 0, ", shape.Length - 1 - axis)) + Text(before) + ", " + Text(behind);
            bool tiles = random.Next(3) == 0 && size < 3;
            string longer = tiles
                ? $"Tile({a}, {string.Join(", ", shape.Select((_, i) => i == axis ? "2" : "1"))})"
                : $"Pad({a}, [{pads}], PadMode.{(before < size && behind < size ? Pick("Constant", "Replicate", "Circular", "Reflect") : "Replicate")})";
            Add(longer, [.. shape.Select((dim, i) => i == axis ? Text(tiles ? 2 * size : size + before + behind) : dim)]);
        }
    }

    /// <summary>Axes that come and go.</summary>
    private void Axes(string a, string[] shape, int axis) =>
        Add(
            Pick($"Squeeze(Stack({axis}, {a}), {axis})", $"Reshape(Flatten({a}, 0, 1), {Wanted(a, shape)})", $"Stack({axis}, {a}, -{a})[{string.Concat(Enumerable.Repeat(".., ", axis))}1]", $"Expand(Unsqueeze(Max({a}, {axis}), {axis}), {Wanted(a, shape)})"),
            shape);

    private static string Wanted(string a, string[] shape) => string.Join(", ", shape.Select((_, axis) => $"{a}.Shape[{Text(axis)}]"));

    /// <summary>Products by letters, softened so that numbers stay small.</summary>
    private void Letters(string a, string[] shape)
    {
        if (random.Next(2) == 0)
        {
            Add($"Tanh(Einsum(\"bij,bkj->bki\", {a}, {a}) * 0.3)", [shape[0], shape[1], shape[1]]);
            return;
        }

        (string letters, string reduced) = random.Next(4) switch
        {
            0 => ("b", $"Mean({a}, [1, 2])"),
            1 => ("bi", $"Tanh(Sum({a}, 2))"),
            2 => ("j", $"Mean({a}, [0, 1])"),
            _ => ("ji", $"Transpose(Mean({a}, 0), 0, 1)"),
        };
        Add($"Einsum(\"bij,{letters}->bij\", {a}, {reduced})", shape);
    }

    /// <summary>Every value's Gram matrix along its last axis, softened so that numbers stay small.</summary>
    private void Product(string a, string[] shape) =>
        Add($"Tanh(MatMul({a}, Permute({a}, 0, 2, 1)) * 0.5)", [shape[0], shape[1], shape[1]]);
}
