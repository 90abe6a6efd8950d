using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads loops whose number of rounds is known: <c>for</c> with constant bounds, <c>foreach</c> over a repeated module.</summary>
internal sealed class LoopReader(Reading reading, ExpressionReader expressions, StatementReader statements)
{
    public IEnumerable<Statement> For(IForLoopOperation loop)
    {
        EquatableArray<Statement> body = Body(loop.Body);
        if (Header(loop) is not { } header)
        {
            return [];
        }

        if (RoundsOf(header) is not int count)
        {
            SyntaxNode at = loop.Condition?.Syntax ?? loop.Syntax;
            reading.Report(DiagnosticCatalog.NotConstant, at, SourceText.Of(at), "this loop would never end");
            return [];
        }

        return count == 0 ? [] : [new ForStatement(header.Variable, header.Start, header.Step, count, body, reading.PlaceOf(loop.Syntax)) { Locals = Locals(loop.Body) }];
    }

    public IEnumerable<Statement> ForEach(IForEachLoopOperation loop)
    {
        IOperation collection = ExpressionReader.Unconverted(loop.Collection);
        EquatableArray<Statement> body = Body(loop.Body);
        string? variable = loop.LoopControlVariable is IVariableDeclaratorOperation declarator ? LocalReader.NameOf(reading, declarator.Symbol) : null;
        if (collection is IPropertyReferenceOperation property && expressions.ChildOf(property) is { Repeat: not null } child && variable is not null)
        {
            return [new ForEachStatement(variable, child.Name, body, reading.PlaceOf(loop.Syntax)) { Locals = Locals(loop.Body) }];
        }

        reading.HasErrors = true;
        if (collection is not IInvalidOperation)
        {
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax,
                collection.Syntax,
                "foreach over '" + SourceText.Of(collection.Syntax) + "'",
                "it runs over a [Repeat] array of modules; for numbers write a for loop");
        }

        return [];
    }

    private sealed record LoopHeader(string Variable, int Start, string Comparison, int Bound, int Step);

    private EquatableArray<Statement> Body(IOperation body)
    {
        foreach (IOperation operation in Own(body).Where(operation => operation is IReturnOperation))
        {
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax,
                operation.Syntax,
                "return within a loop",
                "assign to a local and return it after the loop");
        }

        return statements.ReadBody(body);
    }

    private EquatableArray<string> Locals(IOperation body) =>
        Own(body).OfType<IBlockOperation>().SelectMany(block => block.Locals).Select(local => LocalReader.NameOf(reading, local)).ToEquatableArray();

    /// <summary>The operations of a body without those of functions in it.</summary>
    private static IEnumerable<IOperation> Own(IOperation operation) =>
        operation is IAnonymousFunctionOperation or ILocalFunctionOperation ? [] : operation.ChildOperations.SelectMany(Own).Prepend(operation);

    private LoopHeader? Header(IForLoopOperation loop)
    {
        ILocalSymbol? variable = loop.Locals.FirstOrDefault();
        IOperation? start = (loop.Before.FirstOrDefault() as IVariableDeclarationGroupOperation)?.Declarations[0].Declarators is [{ } declarator]
            ? (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value : null;
        (string Comparison, IOperation Bound)? condition = Condition(loop.Condition, variable);
        IOperation? step = loop.AtLoopBottom is [IExpressionStatementOperation statement] ? statement.Operation : null;
        if (variable?.Type.SpecialType != SpecialType.System_Int32 || start is null || condition is null || step is null || loop.Locals.Length != 1)
        {
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax,
                loop.Syntax.ChildTokens().First() is var keyword ? reading.PlaceOf(keyword) : 0,
                "this for loop",
                "write it as 'for (int i = 0; i < 4; i++)': one int, a constant bound, a constant step");
            return null;
        }

        int? first = Whole(start);
        int? bound = Whole(condition.Value.Bound);
        int? increment = Step(step, variable);
        return first is null || bound is null || increment is null
            ? null
            : new LoopHeader(LocalReader.NameOf(reading, variable), first.Value, condition.Value.Comparison, bound.Value, increment.Value);
    }

    /// <summary><c>i &lt; n</c>, or <c>n &gt; i</c> turned around.</summary>
    private static (string Comparison, IOperation Bound)? Condition(IOperation? condition, ILocalSymbol? variable)
    {
        if (condition is not IBinaryOperation binary
            || Operators.Of(binary.OperatorKind) is not string op
            || Operators.WordOf(op) is null or "Equal")
        {
            return null;
        }

        string turned = op.Replace('<', '\0').Replace('>', '<').Replace('\0', '>');
        return IsVariable(binary.LeftOperand, variable) ? (op, binary.RightOperand)
            : IsVariable(binary.RightOperand, variable) ? (turned, binary.LeftOperand)
            : null;
    }

    private int? Step(IOperation step, ILocalSymbol variable)
    {
        switch (step)
        {
            case IIncrementOrDecrementOperation one when IsVariable(one.Target, variable):
                return one.Kind == OperationKind.Increment ? 1 : -1;
            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } compound
                when IsVariable(compound.Target, variable):
                return Whole(compound.Value) * (compound.OperatorKind == BinaryOperatorKind.Add ? 1 : -1);
            case ISimpleAssignmentOperation { Value: IBinaryOperation sum } assignment
                when sum.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract
                && IsVariable(assignment.Target, variable) && IsVariable(sum.LeftOperand, variable):
                return Whole(sum.RightOperand) * (sum.OperatorKind == BinaryOperatorKind.Add ? 1 : -1);
            default:
                reading.Report(
                    DiagnosticCatalog.NotConstant,
                    step.Syntax,
                    SourceText.Of(step.Syntax),
                    "step by a constant, such as i++, i-- or i += 2");
                return null;
        }
    }

    private int? Whole(IOperation operation)
    {
        Expression value = expressions.Read(operation);
        if (Constants.TryWhole(value, out int whole))
        {
            return whole;
        }

        if (operation is not IInvalidOperation)
        {
            reading.Report(
                DiagnosticCatalog.NotConstant,
                operation.Syntax,
                SourceText.Of(operation.Syntax),
                "a loop's bounds and step are constants, such as numbers, const fields or the Length of a [Repeat] array");
        }

        return null;
    }

    /// <summary>How often the loop runs; null where it would not end.</summary>
    private static int? RoundsOf(LoopHeader loop)
    {
        long distance = (long)loop.Bound - loop.Start;
        long inclusive = loop.Comparison is "<=" or ">=" ? 1 : 0;
        (long way, long step) = loop.Step > 0 ? (distance, (long)loop.Step) : (-distance, -(long)loop.Step);
        bool endsAbove = loop.Comparison is "<" or "<=";
        if (loop.Comparison == "!=")
        {
            return step != 0 && way >= 0 && way % step == 0 ? (int)(way / step) : null;
        }

        bool starts = endsAbove ? distance + inclusive > 0 : -distance + inclusive > 0;
        return !starts ? 0 : step == 0 || endsAbove != loop.Step > 0 ? null : (int)((way + inclusive + step - 1) / step);
    }

    private static bool IsVariable(IOperation operation, ILocalSymbol? variable) =>
        ExpressionReader.Unconverted(operation) is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, variable);
}
