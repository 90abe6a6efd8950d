using System;
using System.Globalization;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>What stands between the brackets of <c>x[.., 0, 1..^1]</c> for one axis: a range keeps the axis, an index drops it.</summary>
public readonly struct TensorIndex
{
    private readonly End start;
    private readonly End end;

    private TensorIndex(End start, End end, bool isRange)
    {
        this.start = start;
        this.end = end;
        IsRange = isRange;
    }

    /// <summary>Gets a value indicating whether the axis is kept.</summary>
    public bool IsRange { get; }

    /// <summary>One position, which drops the axis.</summary>
    /// <param name="index">The position, from the start.</param>
    public static implicit operator TensorIndex(int index) => new(new(index), default, isRange: false);

    /// <summary>One position, which drops the axis.</summary>
    /// <param name="index">The position, from the start or, as <c>^1</c>, from the end.</param>
    public static implicit operator TensorIndex(Index index) => new(new(index), default, isRange: false);

    /// <summary>The positions from a range's start up to but not including its end.</summary>
    /// <param name="range">The range; <c>..</c> for the whole axis.</param>
    public static implicit operator TensorIndex(Range range) => new(new(range.Start), new(range.End), isRange: true);

    /// <summary>The text as it would be written in C#.</summary>
    /// <returns>For example <c>^1</c> or <c>1..4</c>.</returns>
    public override string ToString()
    {
        if (!IsRange) return start.ToString();

        string first = start == new End(Index.Start) ? "" : start.ToString();
        string last = end == new End(Index.End) ? "" : end.ToString();
        return first + ".." + last;
    }

    /// <summary>The first position and the number of positions on an axis.</summary>
    internal (int Start, int Length) On(int axis, int[] shape)
    {
        int size = shape[axis];
        int first = start.Offset(size);
        int length = IsRange ? end.Offset(size) - first : 1;
        if (first < 0 || length < 0 || first > size - length)
            throw new ArgumentOutOfRangeException(nameof(shape), $"[{this}] lies outside axis {axis} of {Shapes.Text(shape)}.");

        return (first, length);
    }

    /// <summary>An <c>Index</c> that may be negative, so that the error can name the axis too.</summary>
    private readonly record struct End(int Value, bool FromEnd = false)
    {
        public End(Index index)
            : this(index.Value, index.IsFromEnd)
        {
        }

        public int Offset(int size) => FromEnd ? size - Value : Value;

        public override string ToString() => (FromEnd ? "^" : "") + Value.ToString(CultureInfo.InvariantCulture);
    }
}
