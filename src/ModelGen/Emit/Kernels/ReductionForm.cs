using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

/// <summary>How a reduction is written, a line for each kind.</summary>
/// <param name="Neutral">The reduction of nothing.</param>
/// <param name="Name">What the runtime calls it on the lanes of a vector, within a team and in shared memory.</param>
/// <param name="Operator">C#'s operator on two numbers, or null where it is the function of that name.</param>
/// <param name="OfBlocks">The method of <c>Launch</c> that finishes it over blocks of rows.</param>
/// <param name="OfParts">The same of <c>GpuSum</c>.</param>
internal sealed record ReductionForm(double Neutral, string Name, string? Operator, string OfBlocks, string OfParts)
{
    private static readonly ReductionForm[] Forms =
    [
        new(0, "Sum", "+", "SumBlocks", "Of"),
        new(double.NegativeInfinity, "Max", null, "MaximizeBlocks", "MaxOf"),
        new(1, "Product", "*", "MultiplyBlocks", "ProductOf"),
    ];

    /// <summary>Gets the neutral number as C#.</summary>
    public string Start => Dialect.Numbers.Constant(Neutral).Text;

    /// <summary>Gets the call on a span that fills it with the neutral number.</summary>
    public string Clear => Neutral == 0 ? "Clear()" : $"Fill({Start})";

    /// <summary>Gets how tightly a second operand must bind.</summary>
    public Binding Operand => Operator == "*" ? Binding.Sign : Binding.Conditional;

    public static ReductionForm Of(Reduction kind) => Forms[(int)kind];

    /// <summary><c>total += value;</c>, or with a function <c>total = Max(total, value);</c>.</summary>
    public string Step(string total, string value, string function) =>
        Operator is null ? $"{total} = {function}({total}, {value});" : $"{total} {Operator}= {value};";

    /// <summary><c>a + b</c>, or <c>Max(a, b)</c>.</summary>
    public string Combine(string a, string b, string function) => Operator is null ? $"{function}({a}, {b})" : $"{a} {Operator} {b}";
}
