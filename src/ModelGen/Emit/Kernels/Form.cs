using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Emit.Kernels;

/// <summary>How tightly an expression of C# binds, the loosest first.</summary>
internal enum Binding
{
    Conditional,
    Relation,
    Sum,
    Product,
    Sign,
    Atom,
}

/// <summary>A piece of C#.</summary>
/// <param name="IsMask">Whether it holds the outcome of a comparison instead of numbers.</param>
internal sealed record Fragment(string Text, Binding Binding = Binding.Atom, bool IsMask = false)
{
    /// <summary>A dimension, with names as the caller spells them.</summary>
    public static Fragment Of(Dim dim, Func<string, string> spell)
    {
        string text = dim.ToText(spell);
        Binding binding = text.Contains(" + ") || text.Contains(" - ") ? Binding.Sum : text.Contains(" * ") ? Binding.Product : Binding.Atom;
        return new Fragment(text, binding == Binding.Atom && !char.IsLetterOrDigit(text[0]) ? Binding.Sign : binding);
    }

    /// <summary>The text, in parentheses where what stands around binds tighter.</summary>
    public string Within(Binding around) => Binding < around ? "(" + Text + ")" : Text;
}

/// <summary>A pattern of C# with places for operands: <c>{0} + {1}</c>.</summary>
/// <param name="Operands">How tightly each operand must bind; missing ones take any expression.</param>
internal sealed record Form(string Pattern, Binding Binding = Binding.Atom, bool IsMask = false, params Binding[] Operands)
{
    /// <summary><c>{0} op {1}</c>, grouped from the left.</summary>
    public static Form Infix(string symbol, Binding binding) => new("{0} " + symbol + " {1}", binding, false, binding, binding + 1);

    public static Form Relation(string symbol) => new("{0} " + symbol + " {1}", Binding.Relation, true, Binding.Sum, Binding.Sum);

    public Fragment Apply(IReadOnlyList<Fragment> operands) =>
        new(Fill(operands.Select((operand, index) => operand.Within(index < Operands.Length ? Operands[index] : Binding.Conditional))), Binding, IsMask);

    private string Fill(IEnumerable<string> operands) =>
        operands.Select((Text, Index) => (Text, Index)).Reverse().Aggregate(Pattern, (filled, operand) => filled.Replace("{" + operand.Index + "}", operand.Text));
}
