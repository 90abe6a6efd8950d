using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Specs;

/// <summary>Goes through statements and expressions with all that they consist of.</summary>
internal static class SpecWalk
{
    /// <summary>A statement, the statements in it and all expressions of these.</summary>
    public static IEnumerable<object> Everything(Statement statement) =>
        Statements(statement).SelectMany(Everything).Concat(Expressions(statement).SelectMany(Everything)).Prepend(statement);

    /// <summary>An expression and all that it consists of.</summary>
    private static IEnumerable<object> Everything(Expression expression) =>
        Parts(expression).SelectMany(Everything).Concat(expression is LambdaExpression step ? step.Body.SelectMany(Everything) : []).Prepend(expression);

    private static IEnumerable<Statement> Statements(Statement statement) => statement switch
    {
        IfStatement choice => choice.Then.Concat(choice.Else),
        LoopStatement loop => loop.Body,
        _ => [],
    };

    private static IEnumerable<Expression> Expressions(Statement statement) => statement switch
    {
        AssignStatement assignment => [assignment.Value],
        IfStatement choice => [choice.Condition],
        ReturnStatement result => [result.Value],
        _ => [],
    };

    private static IEnumerable<Expression> Parts(Expression expression) => expression switch
    {
        ListExpression list => list.Items,
        ModuleExpression { Index: { } index } => [index],
        CallExpression call => call.Arguments.Select(argument => argument.Value).Concat(call.Receiver is null ? [] : [call.Receiver]),
        UnaryExpression unary => [unary.Operand],
        BinaryExpression binary => [binary.Left, binary.Right],
        ConditionalExpression choice => [choice.Condition, choice.WhenTrue, choice.WhenFalse],
        TupleExpression tuple => tuple.Items,
        TupleItemExpression item => [item.Operand],
        PartExpression part => [part.Operand, part.Index],
        SizeExpression size => [size.Operand],
        SliceExpression slice => [slice.Operand],
        _ => [],
    };
}
