using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// Sums of products by the letters of axes: <c>bij,bjk->bik</c> is <c>y[b, i, k] = Σⱼ a[b, i, j] · b[b, j, k]</c>. Letters that the result lacks are summed over;
/// a letter twice in one operand is its diagonal; <c>...</c> stands for axes without a letter, which are broadcast.
/// </summary>
internal sealed class Einsum : CompositeOp
{
    public override ImmutableArray<string> InputNames { get; } = ["operands*"];

    public override Shape InferShape(ShapeContext context)
    {
        string text = context.Attributes.Get<string>("equation");
        if (EinsumEquation.Parse(text, out string? problem) is not { } equation)
        {
            return context.Mismatch($"Einsum: the equation '{text}' {problem}. Write letters for axes, as in 'bij,bjk->bik'", Recovery(context));
        }

        if (equation.Operands.Length != context.Inputs.Length)
        {
            return context.Mismatch($"Einsum: the equation '{text}' has {Text(equation.Operands.Length)} operands, and {Text(context.Inputs.Length)} are given: write the letters of each, with commas between them", Recovery(context));
        }

        Dictionary<string, Dim> sizes = [];
        for (int index = 0; index < equation.Operands.Length; index++)
        {
            if (Labels(equation.Operands[index], context.Input(index).Rank) is not { } labels)
            {
                string letters = equation.Operands[index].Replace(EinsumEquation.Others.ToString(), "...");
                return context.Mismatch(
                    $"Einsum: '{letters}' in '{text}' names {Text(letters.Count(char.IsLetter))} axes, but {context.Describe(index)}: write a letter for each axis, or '...' for the others", Recovery(context));
            }

            if (Join(sizes, labels, context.Input(index)) is var (axis, before))
            {
                string label = labels[axis][0] == EinsumEquation.Others ? "..." : labels[axis];
                return context.Mismatch(
                    $"Einsum: '{label}' in '{text}' is {before} before, but {context.Input(index)[axis]} at axis {Text(axis)}, where {context.Describe(index)}: the same letter must have the same size, or 1",
                    Recovery(context));
            }
        }

        return Shape.Of(Result(equation, sizes).Select(label => sizes[label]));
    }

    public override Node Lower(LowerContext context)
    {
        EinsumEquation equation = EinsumEquation.Parse(context.Attributes.Get<string>("equation"), out _)!;
        Dictionary<string, Dim> sizes = [];
        List<Labelled> operands = [];
        for (int index = 0; index < equation.Operands.Length; index++)
        {
            ImmutableArray<string> labels = Labels(equation.Operands[index], context.Inputs[index].Shape.Rank)!.Value;
            Join(sizes, labels, context.Inputs[index].Shape);
            operands.Add(new Labelled(context.Inputs[index], labels));
        }

        ImmutableArray<string> result = Result(equation, sizes);
        return new EinsumLowering(context.Builder, sizes).Write(operands, result);
    }

    /// <summary>A label for every axis: its letter, or for those of <c>...</c> where they lie, counted from the last; null where there are not as many.</summary>
    private static ImmutableArray<string>? Labels(string letters, int rank)
    {
        int at = letters.IndexOf(EinsumEquation.Others);
        int others = at < 0 ? 0 : rank - letters.Length + 1;
        if (others < 0 || (at < 0 && letters.Length != rank))
        {
            return null;
        }

        IEnumerable<string> named = letters.Select(letter => letter.ToString());
        return at < 0
            ? [.. named]
            : [.. named.Take(at), .. Enumerable.Range(0, others).Select(index => Other(others - index)), .. named.Skip(at + 1)];
    }

    private static string Other(int fromEnd) => EinsumEquation.Others + Text(fromEnd);

    /// <summary>Adds an operand's sizes; the first axis that does not fit and the size that its label has before it, or null. A diagonal needs axes of one size.</summary>
    private static (int Axis, Dim Before)? Join(Dictionary<string, Dim> sizes, ImmutableArray<string> labels, Shape shape)
    {
        for (int axis = 0; axis < labels.Length; axis++)
        {
            Dim size = shape[axis];
            int first = labels.IndexOf(labels[axis]);
            Dim before = first < axis ? shape[first] : sizes.TryGetValue(labels[axis], out Dim known) ? known : Dim.One;
            if (size != before && (first < axis || (size != Dim.One && before != Dim.One)))
            {
                return (axis, before);
            }

            if (first == axis)
            {
                sizes[labels[axis]] = before == Dim.One ? size : before;
            }
        }

        return null;
    }

    private static ImmutableArray<string> Result(EinsumEquation equation, Dictionary<string, Dim> sizes)
    {
        string[] others = [.. sizes.Keys.Where(label => label[0] == EinsumEquation.Others).OrderByDescending(label => int.Parse(label.Substring(1), CultureInfo.InvariantCulture))];
        return [.. equation.ResultLetters().SelectMany(letter => letter == EinsumEquation.Others ? others : [letter.ToString()])];
    }

    private static Shape Recovery(ShapeContext context) => context.Inputs.IsEmpty ? Shape.Scalar : context.Input();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
