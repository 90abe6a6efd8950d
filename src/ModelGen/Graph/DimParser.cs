using System.Globalization;

namespace ModelGen.Graphs;

/// <summary>Reads a dimension as the user writes it: numbers, names, <c>+ - * /</c> and parentheses.</summary>
internal sealed class DimParser
{
    private readonly string text;
    private int position;

    private DimParser(string text) => this.text = text;

    /// <summary>Reads a whole text.</summary>
    /// <param name="error">What is wrong and where, or null.</param>
    public static Dim? Parse(string text, out string? error)
    {
        DimParser parser = new(text);
        Dim? dim = parser.Sum(out error);
        if (error is null && parser.Peek() != '\0')
        {
            error = $"'{parser.Peek()}' is not expected at position {parser.position + 1}";
        }

        return error is null ? dim : null;
    }

    private Dim? Sum(out string? error)
    {
        Dim? left = Product(out error);
        while (error is null && Peek() is '+' or '-')
        {
            char sign = text[position++];
            Dim? right = Product(out error);
            left = error is not null ? null : sign == '+' ? left! + right! : left! - right!;
        }

        return left;
    }

    private Dim? Product(out string? error)
    {
        Dim? left = Factor(out error);
        while (error is null && Peek() is '*' or '/')
        {
            char sign = text[position++];
            Dim? right = Factor(out error);
            left = error is not null ? null : sign == '*' ? left! * right! : Quotient(left!, right!, out error);
        }

        return left;
    }

    private static Dim? Quotient(Dim left, Dim right, out string? error)
    {
        bool divides = right != Dim.Zero && left.TryDivide(right, out Dim quotient) ? (left = quotient) is not null : false;
        error = divides ? null : $"{left} cannot be divided by {right} for every value of its names";
        return divides ? left : null;
    }

    private Dim? Factor(out string? error)
    {
        error = null;
        char next = Peek();
        if (next == '(')
        {
            position++;
            Dim? inner = Sum(out error);
            if (error is null && Peek() != ')')
            {
                error = "a ')' is missing";
            }

            position++;
            return inner;
        }

        int start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        return Atom(text.Substring(start, position - start), out error);
    }

    private static Dim? Atom(string word, out string? error)
    {
        error = null;
        if (word.Length > 0 && !char.IsDigit(word[0]))
        {
            return Dim.Named(word);
        }

        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return Dim.Of(number);
        }

        error = word.Length == 0 ? "a number or a name is missing" : $"'{word}' is neither a number nor a name";
        return null;
    }

    private char Peek()
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position < text.Length ? text[position] : '\0';
    }
}
