using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ModelGen.FrontEnd;

/// <summary>Finds where a condition depends on a tensor's values, which C# itself would only call a wrong type.</summary>
internal static class TensorConditions
{
    /// <summary>The innermost comparison, or else the operand, that is a tensor; sizes (<c>x.Shape[0]</c>) are no values.</summary>
    public static IOperation? Find(IOperation condition)
    {
        if (Vocabulary.IsTensor(condition.Type))
        {
            return condition;
        }

        if (condition is IPropertyReferenceOperation or IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean })
        {
            return null;
        }

        IOperation? found = condition.ChildOperations.Select(Find).FirstOrDefault(operation => operation is not null);
        bool compares = found is not null
            && condition.Syntax is BinaryExpressionSyntax binary
            && Operators.WordOf(binary.OperatorToken.Text) is not null;
        return compares ? condition : found;
    }

    public static string Fix(IOperation tensor) =>
        tensor.Syntax is BinaryExpressionSyntax binary && Operators.WordOf(binary.OperatorToken.Text) is string word
            ? $"choose per element with Where({word}({binary.Left}, {binary.Right}), a, b)"
            : "choose per element with Where(condition, a, b)";
}
