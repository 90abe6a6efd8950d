using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads expressions of one method's body. What the compiler does not know is reported and stands as the name <c>?</c>.</summary>
internal sealed class ExpressionReader
{
    private readonly Reading reading;
    private readonly ReferenceReader references;
    private readonly CallReader calls;
    private readonly SliceReader slices;

    public ExpressionReader(ClassScope scope, string method)
    {
        reading = scope.Reading;
        references = new ReferenceReader(scope, this);
        calls = new CallReader(scope, method, this);
        slices = new SliceReader(scope.Reading, this);
    }

    public static IOperation Unconverted(IOperation operation) =>
        operation is IConversionOperation { OperatorMethod: null } conversion ? Unconverted(conversion.Operand) : operation;

    public ChildSpec? ChildOf(IPropertyReferenceOperation property) => references.ChildOf(property);

    public StateSpec? StateOf(IPropertyReferenceOperation property) => references.StateOf(property);

    public Expression Read(IOperation operation)
    {
        string text = SourceText.Of(operation.Syntax);
        int place = reading.PlaceOf(operation.Syntax);
        if (operation.ConstantValue.HasValue && Vocabulary.IsConstant(operation.Type))
        {
            return Constants.Expression(operation.Type, operation.ConstantValue.Value, text, place);
        }

        return operation switch
        {
            IConversionOperation conversion => Conversion(conversion),
            IParenthesizedOperation parenthesized => Read(parenthesized.Operand),
            ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation
                or IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => SliceOr(operation, text, place),
            IInvocationOperation call => calls.Read(call, text, place),
            IUnaryOperation unary when Operators.Of(unary.OperatorKind) is string op => Unary(op, Read(unary.Operand), text, place),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Plus } unary => Read(unary.Operand),
            IBinaryOperation binary when Operators.Of(binary.OperatorKind) is string op => Binary(op, binary, text, place),
            IConditionalOperation { WhenFalse: IOperation otherwise } choice =>
                new ConditionalExpression(Condition(choice.Condition), Read(choice.WhenTrue), Read(otherwise), text, place),
            ITupleOperation tuple => new TupleExpression(tuple.Elements.Select(Read).ToEquatableArray(), text, place),
            IArrayCreationOperation { Initializer: IArrayInitializerOperation list } =>
                new ListExpression(list.ElementValues.Select(Read).ToEquatableArray(), text, place),
            ICollectionExpressionOperation list => new ListExpression(list.Elements.Select(Read).ToEquatableArray(), text, place),
            _ => Reject(operation),
        };
    }

    /// <summary>A condition: known at build time, never a tensor's.</summary>
    public Expression Condition(IOperation condition)
    {
        if (TensorConditions.Find(condition) is not IOperation tensor)
        {
            return Read(condition);
        }

        reading.Report(DiagnosticCatalog.TensorCondition, tensor.Syntax, SourceText.Of(tensor.Syntax), TensorConditions.Fix(tensor));
        return Unknown(condition);
    }

    /// <summary>Reports what the compiler does not know. What C# itself cannot bind, C# reports, unless it is an unknown name.</summary>
    public Expression Reject(IOperation operation)
    {
        reading.HasErrors = true;
        if (operation is IInvalidOperation)
        {
            calls.ReportUnknownName(operation);
            foreach (IOperation child in operation.ChildOperations)
            {
                calls.ReadPart(child);
            }
        }
        else if (Unsupported.Describe(operation) is var (construct, advice))
        {
            reading.Report(DiagnosticCatalog.UnsupportedSyntax, operation.Syntax, construct, advice);
        }

        return Unknown(operation);
    }

    public Expression Unknown(IOperation operation) => new NameExpression("?", SourceText.Of(operation.Syntax), reading.PlaceOf(operation.Syntax));

    private Expression SliceOr(IOperation operation, string text, int place) =>
        slices.TryRead(operation, text, place, out Expression? slice) ? slice! : references.Read(operation, text, place);

    private Expression Conversion(IConversionOperation conversion)
    {
        bool fromNumber = Vocabulary.IsNumber(conversion.Operand.Type)
            && (Vocabulary.IsNumber(conversion.Type) || Vocabulary.IsTensor(conversion.Type));
        bool isPlain = conversion.OperatorMethod is null && !Vocabulary.IsNumber(conversion.Type);
        bool loses = fromNumber
            && !conversion.IsImplicit
            && conversion.Type!.SpecialType is not (SpecialType.System_Single or SpecialType.System_Double);
        return (fromNumber && !loses) || isPlain ? Read(conversion.Operand) : Reject(conversion);
    }

    private static Expression Unary(string op, Expression operand, string text, int place) => (op, operand) switch
    {
        ("-", NumberExpression number) => number with { Value = -number.Value, Text = text, Place = place },
        ("!", BoolExpression truth) => truth with { Value = !truth.Value, Text = text, Place = place },
        _ => new UnaryExpression(op, operand, text, place),
    };

    private Expression Binary(string op, IBinaryOperation binary, string text, int place)
    {
        if (Operators.WordOf(op) is not null && TensorConditions.Find(binary) is IOperation tensor)
        {
            reading.Report(DiagnosticCatalog.TensorCondition, tensor.Syntax, SourceText.Of(tensor.Syntax), TensorConditions.Fix(tensor));
            return Unknown(binary);
        }

        Expression left = Read(binary.LeftOperand);
        Expression right = Read(binary.RightOperand);
        Expression? folded = left is NumberExpression a && right is NumberExpression b ? Constants.Fold(op, a, b, text, place) : null;
        if (folded is null && op == "%")
        {
            return Reject(binary);
        }

        return folded ?? new BinaryExpression(op, left, right, text, place);
    }
}
