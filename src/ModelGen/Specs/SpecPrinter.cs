using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Specs;

/// <summary>Prints a spec for people: what every name was bound to is visible.</summary>
internal static class SpecPrinter
{
    public static string Print(ModelSpec spec) => string.Join("\n", Lines(spec));

    private static IEnumerable<string> Lines(ModelSpec spec)
    {
        yield return $"{(spec.IsModule ? "module" : "model")} {spec.Key}";
        foreach (LayerSpec layer in spec.Layers)
        {
            yield return $"  layer {layer.Name} = {layer.Kind}({string.Join(", ", layer.Arguments.Select(argument => argument.Name + ": " + Of(argument.Value)))})";
        }

        foreach (ParameterSpec parameter in spec.Parameters)
        {
            yield return $"  parameter {parameter.Name} [{string.Join(", ", parameter.Dims.Select(dim => dim.Text))}]";
        }

        foreach (StateSpec state in spec.States)
        {
            yield return $"  state {state.Name} [{string.Join(", ", state.Dims.Select(dim => dim.Text))}]";
        }

        foreach (ChildSpec child in spec.Children)
        {
            yield return $"  module {child.Name} = {child.Module}{(child.Repeat is { } count ? $" repeated {count}" : string.Empty)}";
        }

        foreach (string line in spec.Methods.SelectMany(Lines).Concat(spec.Modules.SelectMany(Lines)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Lines(MethodSpec method) =>
        method.Body.SelectMany(Lines).Select(line => "    " + line).Prepend($"  {method.Role} {method.Name}({string.Join(", ", method.Inputs.Select(Of))})");

    private static string Of(InputSpec input) =>
        input.Forward is { } forward ? $"{input.Name}: result of {forward}"
        : input.TargetOf is { } loss ? $"{input.Name}: target of {loss}"
        : $"{(input.Type == TensorType.Int ? "int " : string.Empty)}{input.Name}{(input.Dims is { } dims ? $" [{string.Join(", ", dims.Select(dim => dim.Text))}]" : string.Empty)}";

    public static string Of(IEnumerable<Statement> statements) => string.Join("\n", statements.SelectMany(statement => Lines(statement)));

    public static string Of(Expression expression) => expression switch
    {
        NumberExpression { IsInteger: true } number => number.Value.ToString(CultureInfo.InvariantCulture),
        NumberExpression number => number.Value.ToString(CultureInfo.InvariantCulture) + "f",
        BoolExpression truth => truth.Value ? "true" : "false",
        StringExpression text => "\"" + text.Value + "\"",
        EnumExpression member => member.Enum + "." + member.Member,
        ListExpression list => "[" + Join(list.Items) + "]",
        NameExpression name => name.Name,
        ParameterExpression parameter => "parameter " + parameter.Name,
        TrainingExpression => "training",
        ModuleExpression module => "module " + module.Child + (module.Index is null ? "" : "[" + Of(module.Index) + "]"),
        CallExpression call => Call(call),
        LambdaExpression step => "(" + string.Join(", ", step.Parameters) + ") => { " + string.Join("; ", step.Body.SelectMany(Lines)) + " }",
        MethodExpression step => "method " + step.Method,
        UnaryExpression unary => unary.Operator + Of(unary.Operand),
        BinaryExpression binary => "(" + Of(binary.Left) + " " + binary.Operator + " " + Of(binary.Right) + ")",
        ConditionalExpression choice => "(" + Of(choice.Condition) + " ? " + Of(choice.WhenTrue) + " : " + Of(choice.WhenFalse) + ")",
        TupleExpression tuple => "(" + Join(tuple.Items) + ")",
        PartExpression part => Of(part.Operand) + "[" + Of(part.Index) + "]",
        TupleItemExpression item => Of(item.Operand) + ".item" + item.Index,
        SizeExpression size => "size(" + Of(size.Operand) + ", " + size.Axis + ")",
        SliceExpression slice => Of(slice.Operand) + "[" + string.Join(", ", slice.Ranges.Select(Of)) + "]",
        _ => expression.ToString(),
    };

    private static string Call(CallExpression call)
    {
        string receiver = call.Receiver is null ? "" : "(" + Of(call.Receiver) + ").";
        string arguments = string.Join(", ", call.Arguments.Select(argument => argument.Name + ": " + Of(argument.Value)));
        return call.Kind.ToString().ToLowerInvariant() + " " + receiver + call.Target + "(" + arguments + ")";
    }

    private static string Of(RangeSpec range) => range.IsIndex
        ? End(range.Start, range.StartFromEnd)
        : End(range.Start, range.StartFromEnd) + ".." + End(range.End, range.EndFromEnd);

    private static string End(int? end, bool fromEnd) => end is null ? "" : (fromEnd ? "^" : "") + end;

    private static IEnumerable<string> Lines(Statement statement) => statement switch
    {
        AssignStatement assignment => [string.Join(", ", assignment.Targets) + " = " + Of(assignment.Value)],
        ReturnStatement result => ["return " + Of(result.Value)],
        IfStatement choice =>
            ["if " + Of(choice.Condition), .. Indented(choice.Then), .. choice.Else.Count == 0 ? [] : Indented(choice.Else).Prepend("else")],
        ForStatement loop => [$"for {loop.Variable} from {loop.Start} step {loop.Step} times {loop.Count}", .. Indented(loop.Body)],
        ForEachStatement loop => [$"foreach {loop.Variable} in {loop.Child}", .. Indented(loop.Body)],
        _ => [statement.ToString()],
    };

    private static IEnumerable<string> Indented(IEnumerable<Statement> statements) => statements.SelectMany(Lines).Select(line => "  " + line);

    private static string Join(IEnumerable<Expression> items) => string.Join(", ", items.Select(Of));
}
