namespace ModelGen.Passes.Build;

/// <summary>Operators on constants that C# itself did not fold, such as a loop's variable in an unrolled loop.</summary>
internal static class ConstantMath
{
    public static bool TryApply(string @operator, BuildValue left, BuildValue right, out BuildValue? value)
    {
        value = (left, right) switch
        {
            (NumberValue a, NumberValue b) => Apply(@operator, a, b),
            (BoolValue a, BoolValue b) => Apply(@operator, a.Value, b.Value),
            _ => null,
        };
        return value is not null;
    }

    private static BuildValue? Apply(string @operator, NumberValue a, NumberValue b)
    {
        bool integer = a.IsInteger && b.IsInteger;
        return @operator switch
        {
            "+" => new NumberValue(a.Number + b.Number, integer),
            "-" => new NumberValue(a.Number - b.Number, integer),
            "*" => new NumberValue(a.Number * b.Number, integer),
            "/" when integer && b.Number != 0 => new NumberValue(System.Math.Truncate(a.Number / b.Number), true),
            "/" when !integer => new NumberValue(a.Number / b.Number, false),
            "%" when integer && b.Number != 0 => new NumberValue(a.Number % b.Number, true),
            "<" => new BoolValue(a.Number < b.Number),
            "<=" => new BoolValue(a.Number <= b.Number),
            ">" => new BoolValue(a.Number > b.Number),
            ">=" => new BoolValue(a.Number >= b.Number),
            "==" => new BoolValue(a.Number == b.Number),
            "!=" => new BoolValue(a.Number != b.Number),
            _ => null,
        };
    }

    private static BoolValue? Apply(string @operator, bool a, bool b) => @operator switch
    {
        "&&" or "&" => new BoolValue(a && b),
        "||" or "|" => new BoolValue(a || b),
        "==" => new BoolValue(a == b),
        "!=" => new BoolValue(a != b),
        _ => null,
    };
}
