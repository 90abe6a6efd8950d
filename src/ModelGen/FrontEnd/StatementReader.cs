using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads the statements of one method's body.</summary>
internal sealed class StatementReader
{
    private readonly Reading reading;
    private readonly ExpressionReader expressions;
    private readonly AssignmentReader assignments;
    private readonly LoopReader loops;

    /// <param name="method">The key of the method whose body it is.</param>
    /// <param name="step">The step of a Scan within it, if it is that step's body.</param>
    public StatementReader(ClassScope scope, string method, IMethodSymbol? step = null)
    {
        reading = scope.Reading;
        expressions = new ExpressionReader(scope, method);
        assignments = new AssignmentReader(reading, expressions, step);
        loops = new LoopReader(reading, expressions, this);
    }

    public EquatableArray<Statement> Read(IEnumerable<IOperation> operations) => operations.SelectMany(Read).ToEquatableArray();

    public EquatableArray<Statement> ReadBody(IOperation? operation) => operation is null ? [] : Read([operation]);

    private IEnumerable<Statement> Read(IOperation operation) => operation switch
    {
        IBlockOperation block => Read(block.Operations),
        IVariableDeclarationGroupOperation group => group.Declarations.SelectMany(assignments.Declaration),
        IExpressionStatementOperation statement => Effect(statement.Operation),
        IConditionalOperation condition => [If(condition)],
        IForLoopOperation loop => loops.For(loop),
        IForEachLoopOperation loop => loops.ForEach(loop),
        IReturnOperation { Kind: OperationKind.Return, ReturnedValue: IOperation value } =>
            [new ReturnStatement(expressions.Read(value), reading.PlaceOf(value.Syntax))],
        IEmptyOperation => [],
        ILocalFunctionOperation function when StepReader.IsStep(function) => [],
        _ => Reject(operation),
    };

    private IEnumerable<Statement> Effect(IOperation operation)
    {
        if (assignments.TryRead(operation, out IEnumerable<Statement> statements))
        {
            return statements;
        }

        if (operation is IInvocationOperation call)
        {
            expressions.Read(call);
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax,
                call.Syntax,
                "a call whose result is not used",
                "assign it, to '_' where only a state that it sets is wanted, or remove it");
            return [];
        }

        return Reject(operation);
    }

    private IfStatement If(IConditionalOperation condition) =>
        new(
            expressions.Condition(condition.Condition),
            ReadBody(condition.WhenTrue),
            ReadBody(condition.WhenFalse),
            reading.PlaceOf(condition.Syntax));

    private IEnumerable<Statement> Reject(IOperation operation)
    {
        expressions.Reject(operation);
        return [];
    }
}
