using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads a tensor's indexer: <c>x[.., 0, 1..^1]</c>.</summary>
internal sealed class SliceReader(Reading reading, ExpressionReader expressions)
{
    public bool TryRead(IOperation operation, string text, int place, out Expression? slice)
    {
        slice = null;
        if (operation is not IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IOperation tensor }
            || !Vocabulary.IsTensor(tensor.Type)
            || operation.Syntax is not ElementAccessExpressionSyntax access)
        {
            return false;
        }

        SemanticModel model = operation.SemanticModel!;
        List<RangeSpec> ranges = [];
        foreach (ArgumentSyntax argument in access.ArgumentList.Arguments)
        {
            ranges.Add(Axis(model, argument.Expression));
        }

        slice = new SliceExpression(expressions.Read(tensor), ranges.ToEquatableArray(), text, place);
        return true;
    }

    private RangeSpec Axis(SemanticModel model, ExpressionSyntax syntax)
    {
        if (Unwrap(syntax) is RangeExpressionSyntax range)
        {
            (int? start, bool startFromEnd) = End(model, range.LeftOperand);
            (int? end, bool endFromEnd) = End(model, range.RightOperand);
            return new RangeSpec(false, start, startFromEnd, end, endFromEnd);
        }

        (int? index, bool fromEnd) = End(model, syntax);
        return new RangeSpec(true, index, fromEnd, null, false);
    }

    private (int? Value, bool FromEnd) End(SemanticModel model, ExpressionSyntax? syntax)
    {
        if (syntax is null)
        {
            return (null, false);
        }

        ExpressionSyntax inner = Unwrap(syntax);
        bool fromEnd = inner.IsKind(SyntaxKind.IndexExpression);
        ExpressionSyntax number = fromEnd ? Unwrap(((PrefixUnaryExpressionSyntax)inner).Operand) : inner;
        IOperation? operation = model.GetOperation(number, reading.Cancellation);
        if (operation is not null and not IInvalidOperation
            && Vocabulary.IsNumber(operation.Type)
            && Constants.TryWhole(expressions.Read(operation), out int value))
        {
            return (value, fromEnd);
        }

        reading.Report(
            DiagnosticCatalog.NotConstant,
            number,
            SourceText.Of(number),
            "an index or range has constant ends; for others use the word Slice(x, axis, start, length)");
        return (0, fromEnd);
    }

    private static ExpressionSyntax Unwrap(ExpressionSyntax syntax) =>
        syntax is ParenthesizedExpressionSyntax inner ? Unwrap(inner.Expression) : syntax;
}
