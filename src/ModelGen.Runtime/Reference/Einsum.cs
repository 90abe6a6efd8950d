using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y[result] = Σ Π operand[its letters]</c> over all values of all letters</summary>
internal readonly struct Einsum(string equation) : IOperation
{
    private const char Others = '…';

    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        (string[] operands, string result) = Parse();
        if (operands.Length != inputs.Length) throw Wrong($"has {operands.Length} operands, and {inputs.Length} are given");

        var sizes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var labels = new string[inputs.Length][];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = Labels(operands[i], inputs[i].Shape);
            Join(sizes, labels[i], inputs[i].Shape);
        }

        string[] others = [.. sizes.Keys.Where(label => label[0] == Others).Reverse()];
        string[] kept = [.. result.SelectMany(letter => letter == Others ? others : [letter.ToString()])];
        return Sum(inputs, labels, kept, sizes);
    }

    private static NdArray<T> Sum<T>(ReadOnlySpan<NdArray<T>> inputs, string[][] labels, string[] result, SortedDictionary<string, int> sizes)
        where T : IFloatingPointIeee754<T>
    {
        string[] all = [.. sizes.Keys];
        int[][] places = [.. labels.Append(result).Select(operand => operand.Select(label => Array.IndexOf(all, label)).ToArray())];
        var y = new NdArray<T>([.. result.Select(label => sizes[label])]);
        foreach (int[] p in Shapes.Positions([.. sizes.Values]))
        {
            T product = T.One;
            for (int i = 0; i < inputs.Length; i++) product *= inputs[i][[.. places[i].Select(place => p[place])]];
            y[[.. places[^1].Select(place => p[place])]] += product;
        }

        return y;
    }

    private (string[] Operands, string Result) Parse()
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Replace("...", Others.ToString(), StringComparison.Ordinal).Split("->");
        string[] operands = sides[0].Split(',');
        string all = string.Concat(operands);
        string implied = (all.Contains(Others, StringComparison.Ordinal) ? Others.ToString() : "")
            + string.Concat(all.Where(letter => letter != Others && all.Count(other => other == letter) == 1).Order());
        string result = sides.Length > 1 ? sides[1] : implied;
        bool isWell = sides.Length <= 2
            && (all + result).All(letter => char.IsAsciiLetter(letter) || letter == Others)
            && operands.All(operand => operand.Count(letter => letter == Others) <= 1)
            && result.Distinct().Count() == result.Length && result.All(all.Contains);
        return isWell ? (operands, result) : throw Wrong("cannot be read: write letters for the axes of every operand, and of the result letters of theirs, each once");
    }

    /// <summary>A label for every axis: its letter, or <c>…</c> with the axis' place among those without a letter, counted from the last.</summary>
    private string[] Labels(string letters, int[] shape)
    {
        int at = letters.IndexOf(Others, StringComparison.Ordinal);
        int others = shape.Length - (letters.Length - (at < 0 ? 0 : 1));
        if (others < 0 || (at < 0 && others > 0)) throw Wrong($"has other axes than {Shapes.Text(shape)} for '{letters.Replace(Others.ToString(), "...", StringComparison.Ordinal)}'");

        return [.. letters.SelectMany(letter => letter == Others
            ? Enumerable.Range(0, others).Select(index => string.Create(CultureInfo.InvariantCulture, $"{Others}{others - index:D3}"))
            : [letter.ToString()])];
    }

    private void Join(SortedDictionary<string, int> sizes, string[] labels, int[] shape)
    {
        for (int axis = 0; axis < labels.Length; axis++)
        {
            int first = Array.IndexOf(labels, labels[axis]);
            int before = first < axis ? shape[first] : sizes.GetValueOrDefault(labels[axis], 1);
            if (before != shape[axis] && (first < axis || (before != 1 && shape[axis] != 1)))
                throw Wrong($"has '{labels[axis][0]}' of size {before} and of size {shape[axis]}");

            if (first == axis) sizes[labels[axis]] = before == 1 ? shape[axis] : before;
        }
    }

    private ArgumentException Wrong(string problem) => new($"Einsum: the equation '{equation}' {problem}.");
}
