using System.Globalization;

namespace ModelGen.FrontEnd;

/// <summary>Checks the grammar of dimensions: <c>sum = product (± product)*</c>, <c>product = factor (* factor)*</c>, <c>factor = number |
/// name | -factor | (sum)</c>.</summary>
internal sealed class DimSyntax
{
    private readonly string text;
    private int position;

    private DimSyntax(string text) => this.text = text;

    public static bool IsValid(string text)
    {
        DimSyntax reader = new(text);
        bool positive = !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) || number > 0;
        return positive && reader.Sum() && reader.Peek() == '\0';
    }

    private bool Sum()
    {
        bool valid = Product();
        while (valid && Peek() is '+' or '-')
        {
            position++;
            valid = Product();
        }

        return valid;
    }

    private bool Product()
    {
        bool valid = Factor();
        while (valid && Peek() == '*')
        {
            position++;
            valid = Factor();
        }

        return valid;
    }

    private bool Factor()
    {
        char next = Peek();
        if (next is '-' or '(')
        {
            position++;
            return next == '-' ? Factor() : Sum() && Peek() == ')' && position++ >= 0;
        }

        return next is >= '0' and <= '9' ? Number() : (char.IsLetter(next) || next == '_') && Name();
    }

    private bool Number()
    {
        int start = position;
        Name();
        return int.TryParse(text.Substring(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private bool Name()
    {
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        return true;
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
