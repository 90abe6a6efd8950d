using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads calls of words, layers, modules and of methods whose source is in this project.</summary>
internal sealed class CallReader(ClassScope scope, string caller, ExpressionReader expressions)
{
    private readonly Reading reading = scope.Reading;
    private readonly StepReader steps = new(scope, caller);

    public Expression Read(IInvocationOperation call, string text, int place)
    {
        IMethodSymbol method = call.TargetMethod;
        if (Vocabulary.IsFunctional(method.ContainingType))
        {
            CheckState(call);
            return Call(CallKind.Word, method.Name, null, call, StepReader.Shortened(call, text), place);
        }

        if (call.Instance is not null && Vocabulary.IsModule(call.Instance.Type) && call.Instance is not IInstanceReferenceOperation)
        {
            return Module(call, text, place);
        }

        if (scope.Layers.TryGetValue(method, out LayerSpec? layer) && call.Instance is IInstanceReferenceOperation)
        {
            scope.Use(layer.Name);
            return Call(CallKind.Layer, layer.Name, null, call, text, place);
        }

        return IsReadable(call) ? Method(call, text, place) : Foreign(call, text, place);
    }

    /// <summary>Reports a called name that C# cannot find, with the nearest one that it could.</summary>
    public void ReportUnknownName(IOperation operation)
    {
        SyntaxNode? name = operation.Syntax is InvocationExpressionSyntax { Expression: IdentifierNameSyntax called }
            ? called
            : operation.Syntax as IdentifierNameSyntax;
        SymbolInfo info = name is null ? default : reading.SemanticModelOf(name).GetSymbolInfo(name, reading.Cancellation);
        if (name is not null && info.Symbol is null && info.CandidateSymbols.IsEmpty)
        {
            IEnumerable<string> known = Vocabulary.Words(reading.Compilation)
                .Concat(scope.Layers.Values.Select(layer => layer.Name))
                .Concat(scope.Children.Values.Select(child => child.Name));
            string? nearest = Vocabulary.Nearest(name.ToString(), known);
            string fix = nearest is null
                ? "declare it as a layer, or write it with the words there are ('using static ModelGen.Functional;')"
                : $"did you mean '{nearest}'?";
            reading.Report(DiagnosticCatalog.UnknownWord, name, name.ToString(), fix);
        }
    }

    /// <summary>Reads what the C# compiler could not bind as a whole, for what is wrong in its parts.</summary>
    public void ReadPart(IOperation operation)
    {
        if (operation is IAnonymousFunctionOperation or IDelegateCreationOperation or IMethodReferenceOperation)
        {
            steps.Read(operation);
        }
        else
        {
            expressions.Read(operation);
        }
    }

    /// <summary>What a Scan hands from step to step is of the user's choice as far as C# is concerned.</summary>
    private void CheckState(IInvocationOperation call)
    {
        if (call.TargetMethod.TypeArguments is [{ TypeKind: not TypeKind.Error } state] && Vocabulary.StateSize(state) is null)
        {
            SyntaxNode first = call.Arguments.First(argument => argument.Parameter?.Ordinal == 0).Value.Syntax;
            reading.Report(
                DiagnosticCatalog.WrongParameterType,
                first,
                SourceText.Of(first),
                state.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
                "what Scan hands from step to step is a Tensor or a tuple of Tensors");
        }
    }

    /// <summary>Whether the body can be read: a method of this class, or a static one of another class in this project.</summary>
    private bool IsReadable(IInvocationOperation call) =>
        call.TargetMethod is { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, DeclaringSyntaxReferences.Length: > 0 } method
        && (method.IsStatic
            || (call.Instance is IInstanceReferenceOperation && SymbolEqualityComparer.Default.Equals(method.ContainingType, scope.Type)));

    private CallExpression Method(IInvocationOperation call, string text, int place)
    {
        IMethodSymbol method = call.TargetMethod;
        string key = scope.Methods.Request(method);
        scope.Methods.Calls.Add(new MethodCall(caller, key, place));
        return Call(CallKind.Method, key, null, call, text, place);
    }

    private CallExpression Module(IInvocationOperation call, string text, int place)
    {
        if (Vocabulary.Find(call.TargetMethod, "ForwardAttribute") is null)
        {
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax,
                place,
                "'" + text + "'",
                $"mark {call.TargetMethod.Name} with [Forward] to call it from outside the module");
        }

        Expression receiver = expressions.Read(call.Instance!);
        return Call(CallKind.Module, call.TargetMethod.Name, receiver, call, text, place);
    }

    private Expression Foreign(IInvocationOperation call, string text, int place)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.ContainingType is { Name: "Math" or "MathF", ContainingNamespace.Name: "System" })
        {
            return Mathematics(call, text, place);
        }

        bool isModelGen = method.ContainingAssembly?.Name == "ModelGen.Runtime" || Vocabulary.IsTensor(method.ContainingType);
        bool isTensors = Vocabulary.IsTensor(method.ReturnType) || method.Parameters.Any(parameter => Vocabulary.IsTensor(parameter.Type));
        if (method.DeclaringSyntaxReferences.Length == 0 && isTensors && !isModelGen)
        {
            reading.Report(DiagnosticCatalog.ForeignModule, place, method.ContainingType.Name + "." + method.Name);
        }
        else if (method.DeclaringSyntaxReferences.Length == 0 && Vocabulary.IsConstant(method.ReturnType))
        {
            reading.Report(DiagnosticCatalog.NotConstant, place, text, "use a number or a const field");
        }
        else if (isModelGen || method.DeclaringSyntaxReferences.Length == 0)
        {
            reading.Report(DiagnosticCatalog.UnknownWord, place, method.Name, "write it with the words of ModelGen.Functional");
        }
        else
        {
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax,
                place,
                "'" + text + "'",
                "call words, layers, modules and static methods without type parameters");
        }

        return expressions.Unknown(call);
    }

    private Expression Mathematics(IInvocationOperation call, string text, int place)
    {
        List<Expression> arguments = [.. call.Arguments.Select(argument => expressions.Read(argument.Value))];
        double[] numbers = [.. arguments.OfType<NumberExpression>().Select(number => number.Value)];
        if (numbers.Length == arguments.Count && Constants.Function(call.TargetMethod.Name, numbers) is double value)
        {
            return new NumberExpression(value, call.Type?.SpecialType == SpecialType.System_Int32, text, place);
        }

        reading.Report(DiagnosticCatalog.NotConstant, place, text, "Math works on constants here; for tensors use the words, such as Sqrt(x)");
        return expressions.Unknown(call);
    }

    private CallExpression Call(CallKind kind, string target, Expression? receiver, IInvocationOperation call, string text, int place) =>
        new(kind, target, receiver, call.Arguments.SelectMany(argument => Arguments(argument, kind)).ToEquatableArray(), text, place);

    /// <summary>
    /// An argument by its parameter's name; those of a <c>params</c> parameter repeat its name. One that is omitted is absent for a word,
    /// which has its own defaults, and has the declared default for a method.
    /// </summary>
    private IEnumerable<Argument> Arguments(IArgumentOperation argument, CallKind kind)
    {
        string name = argument.Parameter?.Name ?? "?";
        if (argument.ArgumentKind == ArgumentKind.DefaultValue && kind is CallKind.Word or CallKind.Layer)
        {
            return [];
        }

        Expression value = argument.Parameter?.Type.TypeKind == TypeKind.Delegate && kind == CallKind.Word
            ? steps.Read(argument.Value)
            : expressions.Read(argument.Value);
        return argument.Parameter?.IsParams == true && value is ListExpression list
            ? list.Items.Select(item => new Argument(name, item))
            : [new Argument(name, value)];
    }
}
