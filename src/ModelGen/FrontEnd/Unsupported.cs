using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ModelGen.FrontEnd;

/// <summary>The constructs of C# that are not compiled, each with what to write instead.</summary>
internal static class Unsupported
{
    public static (string Construct, string Advice) Describe(IOperation operation) => operation switch
    {
        IWhileLoopOperation { ConditionIsTop: true } => ("while", "write a for loop with constant bounds"),
        IWhileLoopOperation => ("do … while", "write a for loop with constant bounds"),
        ISwitchOperation => ("switch", "write if and else on constants"),
        ISwitchExpressionOperation => ("a switch expression", "write condition ? a : b on constants"),
        ITryOperation => ("try", "kernels throw nothing that a model could catch; remove it"),
        IThrowOperation => ("throw", "what is wrong with a model is reported when it is built; remove it"),
        ILocalFunctionOperation => ("a local function", "hand it to Scan as its step, or move it to a static method of the class"),
        IAnonymousFunctionOperation or IDelegateCreationOperation => ("a lambda", "it can only be the step of a Scan; write the calls in place, or a static method"),
        IObjectCreationOperation or IAnonymousObjectCreationOperation or ITypeParameterObjectCreationOperation =>
            ("'" + SourceText.Of(operation.Syntax) + "'", "values are tensors and constants; a method makes no other objects"),
        IAwaitOperation => ("await", "a model's methods are ordinary ones; remove it"),
        IUsingOperation or IUsingDeclarationOperation => ("using", "remove it: tensors need no disposal"),
        ILockOperation => ("lock", "remove it: kernels do their own threading"),
        IBranchOperation { BranchKind: BranchKind.Break } => ("break", "give the loop the right bound"),
        IBranchOperation { BranchKind: BranchKind.Continue } => ("continue", "write if on a constant around the rest"),
        IBranchOperation => ("goto", "write a for loop with constant bounds"),
        IIncrementOrDecrementOperation => ("'" + SourceText.Of(operation.Syntax) + "'", "only a for loop counts; write x += 1 for a tensor"),
        IInterpolatedStringOperation => ("an interpolated text", "write a constant text"),
        IIsTypeOperation or IIsPatternOperation => ("is", "types and values are known when the model is built; remove the test"),
        ICoalesceOperation or IConditionalAccessOperation or ICoalesceAssignmentOperation => ("a test for null", "tensors are never null; remove it"),
        IAssignmentOperation => ("an assignment within an expression", "write it as a statement of its own"),
        IInstanceReferenceOperation => ("'this' as a value", "name the layer, parameter or module"),
        ISpreadOperation => ("a spread", "write the elements"),
        IInvocationOperation => ("this call", "call words, layers, modules and static methods"),
        IConversionOperation conversion =>
            ("the conversion to " + Name(conversion.Type), "use numbers as they are, and tensors of the type that the word takes"),
        IUnaryOperation or IBinaryOperation or ICompoundAssignmentOperation =>
            ("the operator in '" + SourceText.Of(operation.Syntax) + "'", "use + - * / and the words of ModelGen.Functional"),
        _ when operation.Syntax is StatementSyntax or ExpressionSyntax =>
            (Words(operation.Syntax), "use locals, calls, operators, ranges, if and for on constants"),
        _ => ("'" + SourceText.Of(operation.Syntax) + "'", "use locals, calls, operators, ranges, if and for on constants"),
    };

    private static string Name(ITypeSymbol? type) => type?.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) ?? "another type";

    /// <summary><c>YieldReturnStatement</c> → <c>yield return statement</c>.</summary>
    private static string Words(SyntaxNode node)
    {
        System.Text.StringBuilder words = new();
        foreach (char letter in node.Kind().ToString())
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return "'" + SourceText.Of(node) + "' (" + words + ")";
    }
}
